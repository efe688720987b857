import { BILLION } from '../../../src/private/contract';
import type { OrderFacts } from '../orders/order-facts';

/** The total of an order in two parts, by which EventBridge can compare every amount. */
export interface TotalParts {
  readonly billions: number;
  readonly remainder: number;
}

/** The parts of a total, for the facts of an event. */
export const totalPartsOf = ({ total }: OrderFacts): { readonly totalParts?: TotalParts } =>
  (total === undefined ? {} : { totalParts: { billions: Math.floor(total / BILLION), remainder: total - Math.floor(total / BILLION) * BILLION } });
