import { PRICES, usdOf, type PriceKey } from './prices';

/** How much of what is priced is used. */
export type Usage = Readonly<Partial<Record<PriceKey, number>>>;

const entriesOf = (usage: Usage): [PriceKey, number][] => Object.entries(usage) as [PriceKey, number][];

/** The sum of several usages. */
export function addUsage(...usages: readonly Usage[]): Usage {
  const total: Partial<Record<PriceKey, number>> = {};
  for (const [key, count] of usages.flatMap(entriesOf)) total[key] = (total[key] ?? 0) + count;
  return total;
}

/** A usage so many times. */
export const times = (usage: Usage, factor: number): Usage =>
  Object.fromEntries(entriesOf(usage).map(([key, count]) => [key, count * factor]));

/** The costs of a usage by the name of the service, the most expensive first. */
export function costByService(usage: Usage): Map<string, number> {
  const costs = new Map<string, number>();
  for (const [key, count] of entriesOf(usage)) {
    const { service } = PRICES[key];
    costs.set(service, (costs.get(service) ?? 0) + usdOf(key, count));
  }
  return new Map([...costs].sort(([, one], [, other]) => other - one));
}

export const costOf = (usage: Usage): number => entriesOf(usage).reduce((total, [key, count]) => total + usdOf(key, count), 0);
