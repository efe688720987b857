/**
 * Groups what a function of the app is called with: all that is received for the first time shares one call, and everything else has a call of its own, so
 * that one that makes the function fail does not fail others.
 */
export function callsFor<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): Item[][] {
  const first = items.filter(isFirst);
  const others = items.filter((item) => !isFirst(item)).map((item) => [item]);
  return first.length > 0 ? [first, ...others] : others;
}

/** Whether a message is received for the first time. */
export const isFirstReceive = ({ attributes }: { readonly attributes: { readonly ApproximateReceiveCount: string } }): boolean =>
  attributes.ApproximateReceiveCount === '1';
