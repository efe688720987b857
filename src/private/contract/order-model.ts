/** The facts of an order that a model may have: what the pipeline itself uses of an order. Everything else is in the document. */
export const OPTIONAL_FACTS = ['customerId', 'currency', 'total', 'placedAt', 'externalReference', 'salesChannel', 'tags'] as const;
export type OptionalFact = (typeof OPTIONAL_FACTS)[number];

/** Where the line items of an order are, and what of them the pipeline uses: JSON Pointers, all but `path` within a line item. */
export interface LineItemPointers {
  readonly path: string;
  readonly quantity: string;
  readonly id?: string;
  /** What may change of a line item that is fulfilled in part: its quantity, and what depends on it. */
  readonly changeable: readonly string[];
}

/** What handlers know of an order model, in addition to its compiled schema. */
export interface OrderModelDescription {
  /** Whether the rules of the standard model apply: totals, and `null` for an absent field. */
  readonly isStandard: boolean;
  /** JSON Pointers to the facts in the document. */
  readonly facts: { readonly orderId: string } & { readonly [Fact in OptionalFact]?: string };
  /** Undefined in a model whose orders cannot be fulfilled in part. */
  readonly lineItems?: LineItemPointers;
  /** JSON Pointers to what a change may touch. */
  readonly changeable: readonly string[];
  /** The top-level fields that every order has. */
  readonly required: readonly string[];
}
