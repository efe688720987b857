import { describeLineItems, type LineItemOptions } from './describe-line-items';
import type { JsonSchema } from './json-schema';
import { fieldsOf, typesAt } from './schema-fields';
import { isWithin, pointerTo, stepsOf } from './schema-pointer';
import { OPTIONAL_FACTS, type OptionalFact, type OrderModelDescription } from '../contract';

/** Pointers to facts and to what can be changed, as an app gives them. */
export type ModelPointers = LineItemOptions & FactOptions & { readonly orderId: string; readonly changeable?: readonly string[] };

type FactOptions = { readonly [Fact in OptionalFact]?: string };

/** The types of a JSON value that can be a fact. */
const TYPES: Readonly<Record<'orderId' | OptionalFact, readonly string[]>> = {
  orderId: ['string', 'integer'],
  customerId: ['string', 'integer'],
  currency: ['string'],
  total: ['integer', 'number', 'string'],
  placedAt: ['string'],
  externalReference: ['string', 'integer'],
  salesChannel: ['string'],
  tags: ['array'],
};

/**
 * Describes a model for the handlers.
 *
 * @throws Error when a pointer leads to nothing that the schema knows, or to a value that cannot be the fact.
 */
export function describeModel(schema: JsonSchema, pointers: ModelPointers): OrderModelDescription {
  const { changeable } = pointers;
  const facts = Object.fromEntries((['orderId', ...OPTIONAL_FACTS] as const).flatMap((fact) => {
    const pointer = pointers[fact];
    return pointer === undefined ? [] : [[fact, pointer]];
  })) as OrderModelDescription['facts'];
  const described = describeLineItems(schema, pointers);
  const errors = [
    ...Object.entries(facts).flatMap(([fact, pointer]) => factErrors(schema, fact as OptionalFact, pointer)),
    ...(changeable ?? []).flatMap((pointer) => changeableErrors(schema, pointer, facts.orderId)),
    ...described.errors,
  ];
  if (errors.length > 0) throw new Error(errors.join('; '));
  return {
    isStandard: false,
    facts,
    ...(described.pointers ? { lineItems: described.pointers } : {}),
    changeable: changeable ?? fieldsWithoutFacts(schema, Object.values(facts)),
    required: Array.isArray(schema.required) ? schema.required as string[] : [],
  };
}

function factErrors(schema: JsonSchema, fact: 'orderId' | OptionalFact, pointer: string): string[] {
  const steps = stepsOf(pointer);
  if (!steps || steps.length === 0) return [`\`${fact}\` must be a JSON Pointer to a field, such as /number, got ${JSON.stringify(pointer)}`];
  const types = typesAt(schema, schema, steps);
  if (types === undefined) return [`\`${fact}\`: the schema has no field ${pointer}`];
  const possible = types.length === 0 || types.some((type) => TYPES[fact].includes(type));
  return possible ? [] : [`\`${fact}\`: ${pointer} is ${types.join(' or ')}, but must be ${TYPES[fact].join(' or ')}`];
}

function changeableErrors(schema: JsonSchema, pointer: string, orderId: string): string[] {
  const steps = stepsOf(pointer);
  if (!steps || steps.length === 0) return [`\`changeable\` must have JSON Pointers to fields, such as /lines, got ${JSON.stringify(pointer)}`];
  if (typesAt(schema, schema, steps) === undefined) return [`\`changeable\`: the schema has no field ${pointer}`];
  return isWithin(orderId, pointer) ? [`\`changeable\`: ${pointer} contains the ID of the order, which cannot change`] : [];
}

/** The top-level fields of a schema that contain no fact. */
const fieldsWithoutFacts = (schema: JsonSchema, facts: readonly string[]): string[] =>
  fieldsOf(schema, schema).map((field) => pointerTo([field])).filter((field) => !facts.some((fact) => isWithin(fact, field)));
