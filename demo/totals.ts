/** The outcomes of the requests of one kind. */
export interface Totals {
  readonly label: string;
  readonly total: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Accepted requests without a known outcome: lost orders. */
  readonly unaccounted: number;
}

/** Whether every request has exactly one known outcome. */
export const addsUp = ({ total, outcomes, unaccounted }: Totals): boolean =>
  total === Object.values(outcomes).reduce((sum, count) => sum + count, 0) && unaccounted === 0;

/** Formats totals as an equation: `accepted 3 = confirmed 2 + rejected 1`, with `≠` when they do not add up. */
export const formatTotals = (totals: Totals): string =>
  `${totals.label} ${totals.total} ${addsUp(totals) ? '=' : '≠'} ${Object.entries(totals.outcomes).map(([outcome, count]) => `${outcome} ${count}`).join(' + ')}`;

/** Returns a function that counts the results with one of the outcomes passed. */
export const outcomeCounter = <Outcome extends string>(results: readonly { readonly outcome?: Outcome }[]) =>
  (...outcomes: (Outcome | undefined)[]): number => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
