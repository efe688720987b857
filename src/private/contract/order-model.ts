/** The facts of an order that a model may have: what the pipeline itself uses of an order. Everything else is in the document. */
export const OPTIONAL_FACTS = ['customerId', 'currency', 'total', 'placedAt', 'externalReference', 'salesChannel', 'tags'] as const;
export type OptionalFact = (typeof OPTIONAL_FACTS)[number];

/** What handlers know of an order model, in addition to its compiled schema. */
export interface OrderModelDescription {
  /** Whether the rules of the standard model apply: totals, and `null` for an absent field. */
  readonly isStandard: boolean;
  /** JSON Pointers to the facts in the document. */
  readonly facts: { readonly orderId: string } & { readonly [Fact in OptionalFact]?: string };
  /** JSON Pointers to what a change may touch. */
  readonly changeable: readonly string[];
  /** The top-level fields that every order has. */
  readonly required: readonly string[];
}
