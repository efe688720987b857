import type { OrderFacts } from './order-facts';

/** The JSON object that the caller sent as an order. Only its model knows its fields. */
export interface OrderDocument {
  readonly [field: string]: unknown;
}

/** A JSON merge patch (RFC 7396) of an order. */
export type OrderPatch = Readonly<Record<string, unknown>>;

/** The document of a valid order, and its facts. */
export interface OrderContent {
  readonly order: OrderDocument;
  readonly facts: OrderFacts;
}

/** A valid order with its ID. */
export interface ValidOrder extends OrderContent {
  readonly orderId: string;
}
