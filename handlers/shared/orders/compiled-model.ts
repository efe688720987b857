import type { ErrorObject } from 'ajv';
import type { GraphqlMapping, OrderModelDescription } from '../../../src/private/contract';

/** Returns whether a value satisfies a schema; if not, `errors` has every error, until the next call. */
export interface SchemaValidator {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

/** A model as `src/private/order-model` compiles it: the module that the handlers load from their layer. */
export interface CompiledModel {
  /** Validates an order. */
  readonly validateOrder: SchemaValidator;
  /** Validates a JSON merge patch of an order, without its `null` values. */
  readonly validateChange: SchemaValidator;
  readonly description: OrderModelDescription;
  /** How orders convert to GraphQL and back. Null for a model without GraphQL types. */
  readonly graphql: GraphqlMapping | null;
}
