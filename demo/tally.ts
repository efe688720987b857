import { isDeepStrictEqual } from 'node:util';
import type { BrokenRequest } from './breakage-scenario';
import type { Settled } from './requests';
import type { Outcome } from './scenario';

/** How many requests came to what. */
export type Tally = Partial<Record<Outcome | 'LOST', number>>;

type SettledRequest = Settled<BrokenRequest>;

/** What the requests of each kind came to, or should have. */
export function talliesOf(settled: readonly SettledRequest[], outcomeOf = ({ outcome }: SettledRequest) => outcome): Map<string, Tally> {
  const byWhat = new Map<string, Tally>();
  for (const each of settled) {
    const { what } = each.request;
    const tally = byWhat.get(what) ?? {};
    const outcome = outcomeOf(each) ?? 'LOST';
    byWhat.set(what, { ...tally, [outcome]: (tally[outcome] ?? 0) + 1 });
  }
  return byWhat;
}

/** Kinds of requests that came to something else than the scenario says. */
export function tallySurprises(settled: readonly SettledRequest[], expectedOf: (request: BrokenRequest) => Outcome): string[] {
  const got = talliesOf(settled);
  const expected = talliesOf(settled, ({ request }) => expectedOf(request));
  return [...expected].filter(([what, tally]) => !isDeepStrictEqual(got.get(what), tally))
    .map(([what, tally]) => `${what}: expected ${inWords(tally)}, got ${inWords(got.get(what)!)}`);
}

/** As people say it. */
export const inWords = (tally: Tally): string => Object.entries(tally).map(([outcome, count]) => `${count} ${outcome}`).join(', ');
