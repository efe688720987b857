import { REMOVED, textsIn, withPart } from './document-path';
import { neutralValues } from './neutral-values';
import type { PersonalField, PersonalFields } from './personal-fields';
import { jsonPointer } from '../../handlers/shared/json/json-pointer';
import { valueAt } from '../../handlers/shared/json/value-at';
import type { JsonSchema } from '../../src/private/order-model/json-schema';

/** A personal field that must stay, and that no neutral value can replace. */
export class FieldNotErasable extends Error {}

type IsPossible = (candidate: unknown) => boolean;

interface CustomerReplacement {
  readonly steps: readonly string[];
  readonly value: unknown;
}

/** A document without what is personal. */
export interface ErasedDocument {
  readonly document: unknown;
  /** The number of fields that were removed or replaced. */
  readonly count: number;
  /** The texts that were personal. */
  readonly texts: readonly string[];
}

/**
 * Removes the personal fields of a document. Those that must stay are replaced, so that the document breaks its schema at no more places than before. A document
 * that is erased already is not changed.
 *
 * @param customer how the ID of the customer is replaced: where it is, and by what.
 * @throws FieldNotErasable
 */
export function eraseDocument(document: unknown, fields: PersonalFields, customer?: CustomerReplacement): ErasedDocument {
  const isPossible = fields.addsNoError(document);
  const isCustomer = ({ steps }: PersonalField) => customer !== undefined && jsonPointer(steps) === jsonPointer(customer.steps);
  const personal = fields.in(document).filter((field) => !isCustomer(field));
  let erased = customer === undefined ? document : withPart(document, customer.steps, customer.value);
  if (customer !== undefined && !isPossible(erased)) throw notErasable(customer.steps);
  for (const { steps, schema } of personal) erased = eraseAt(erased, steps, schema, isPossible);
  const textOf = (of: unknown, { steps }: PersonalField) => JSON.stringify(valueAt(of, ...steps));
  const changed = personal.filter((field) => textOf(document, field) !== textOf(erased, field));
  const texts = changed.flatMap(({ steps }) => textsIn(valueAt(document, ...steps)));
  return { document: erased, count: changed.length + (customer ? 1 : 0), texts };
}

function eraseAt(document: unknown, steps: readonly string[], schema: JsonSchema, isPossible: IsPossible): unknown {
  const value = valueAt(document, ...steps);
  const isInList = Array.isArray(valueAt(document, ...steps.slice(0, -1)));
  for (const candidate of [...(isInList ? [] : [REMOVED]), ...neutralValues(value, schema)]) {
    const next = withPart(document, steps, candidate);
    if (isPossible(next)) return next;
  }
  if (typeof value !== 'object' || value === null) throw notErasable(steps);
  return Object.keys(value).reduce((next, key) => eraseAt(next, [...steps, key], {}, isPossible), document);
}

const notErasable = (steps: readonly string[]): FieldNotErasable => new FieldNotErasable(
  `${jsonPointer(steps)} must stay in an order, and no neutral value meets its schema: `
  + 'make it optional, or give one in its "examples" in the JSON Schema of the order model',
);
