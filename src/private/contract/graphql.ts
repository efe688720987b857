/** The scalar of JSON as text, for values that GraphQL has no type for. */
export const JSON_SCALAR = 'AWSJSON';

/** How the values of one GraphQL type differ from the objects of the order model that they stand for. */
export interface GraphqlObject {
  /**
   * The fields whose value is JSON as text (`AWSJSON`), a list of such values (`[AWSJSON]`), or an object, or a list of objects, of a type of the
   * mapping.
   */
  readonly fields: Readonly<Record<string, string>>;
  /** The field with all keys that are not fields, as one JSON object, and the keys that are fields. Absent where there are no other keys. */
  readonly others?: { readonly field: string; readonly known: readonly string[] };
}

/** How an order of the model and the GraphQL types `Order` and `OrderInput` convert into each other. */
export interface GraphqlMapping {
  /** The type of the order. */
  readonly root: string;
  readonly types: Readonly<Record<string, GraphqlObject>>;
}

/** What the resolvers send to the functions. */
export interface GraphqlRequest {
  /** The field of `Query`, `Mutation` or `Subscription`. */
  readonly field: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The caller, whom AppSync authenticated; null for an API key. */
  readonly identity?: Readonly<Record<string, unknown>> | null;
  readonly correlationId?: string;
}

/** The header with which AppSync passes the correlation ID of a client. */
export const CORRELATION_HEADER = 'x-correlation-id';

/** The mutation with which the pipeline publishes to subscribers. No other caller has access to it. */
export const PUBLISH_MUTATION = 'publishOrderChange';

/** The fields of `OrderChange` and of its input. */
export const ORDER_CHANGE_FIELDS = [
  'orderId', 'tenant', 'eventId', 'type', 'occurredAt', 'correlationId', 'version', 'status', 'customerId', 'currency', 'total', 'placedAt',
  'externalReference', 'salesChannel', 'tags',
] as const;
