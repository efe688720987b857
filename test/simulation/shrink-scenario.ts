import type { Loaded } from './account';
import type { Scenario } from './scenario';
import { shrink } from './shrink';
import { simulate } from './simulate';

/** What a violation is about: its first words, without ids. */
export const kindOf = (violation: string): string => violation.replace(/^when quiet: /, '').split(':')[0];

/** The smallest scenario that breaks the same invariant: as few faults, asks and repetitions of faults as can be. */
export async function shrinkScenario(scenario: Scenario, violation: string, loaded: Loaded): Promise<Scenario> {
  const fails = async (changes: Partial<Scenario>): Promise<boolean> => {
    const { violations } = await simulate({ ...scenario, ...changes }, loaded);
    return violations.some((each) => kindOf(each) === kindOf(violation));
  };
  let { faults, asks } = scenario;
  for (let before = Infinity; faults.length + asks.length < before;) {
    before = faults.length + asks.length;
    faults = await shrink(faults, (part) => fails({ faults: part, asks }));
    asks = await shrink(asks, (part) => fails({ faults, asks: part }));
  }
  for (const fault of faults) {
    const once = faults.map((each) => (each === fault ? { ...each, times: 1 } : each));
    if (fault.times > 1 && await fails({ faults: once, asks })) faults = once;
  }
  return { ...scenario, faults, asks };
}
