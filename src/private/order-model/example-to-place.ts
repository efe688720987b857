import { addModel, validatorFor } from './compile-order-model';
import type { LoadedModel } from './load-model';
import { partAt, stepsOf } from './schema-pointer';

type Json = Record<string, unknown>;

/** An ID of the form that the API assigns to an order without one. */
const ASSIGNED_ID = '0123456789abcdef0123456789abcdef';

/**
 * The first example of a model as it can be placed again and again: without its ID if the API can assign one. Undefined if the schema has no
 * example.
 */
export function exampleToPlace({ schema, description }: LoadedModel): object | undefined {
  const [example] = (schema.examples ?? []) as Json[];
  const steps = stepsOf(description.facts.orderId)!;
  if (partAt(example, steps) === undefined) return example;
  const ajv = validatorFor(schema);
  addModel(ajv, schema);
  const canBeAssigned = ajv.getSchema('order')!(withField(example, steps, ASSIGNED_ID)) === true;
  return canBeAssigned ? withField(example, steps, undefined) : example;
}

/** A copy with another value of a field. JSON has no undefined values: the field is left out. */
function withField(object: Json, [step, ...rest]: readonly string[], value: unknown): Json {
  const { [step]: before, ...others } = object;
  if (rest.length > 0) return { ...object, [step]: withField(before as Json, rest, value) };
  return value === undefined ? others : { ...object, [step]: value };
}
