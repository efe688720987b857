import type { Shipment } from './shipment';

/** The index of a line item in the order, and the quantity of it that was fulfilled. */
export type FulfilledQuantity = readonly [index: number, quantity: number];

/** What was fulfilled at one time. Line items are stored by their index, because an order has room for a fulfillment of each, but not for all IDs again. */
export interface Fulfillment extends Shipment {
  readonly at: string;
  /** Undefined if the model does not state where line items are. */
  readonly items?: readonly FulfilledQuantity[];
}
