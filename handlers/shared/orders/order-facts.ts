import { ORDER_ID_PATTERN } from './ids';
import { OPTIONAL_FACTS, type OptionalFact, type OrderModelDescription } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { isExactNumber } from '../json/find-violations';
import { utcTime } from '../json/utc-time';
import type { Validated } from '../json/validate-shape';
import { stepsOf, valueAt } from '../json/value-at';

/** What the pipeline itself uses of an order, whatever its model: all the rest is in the document. */
export interface OrderFacts {
  /** 1 to 128 characters. */
  readonly customerId?: string;
  readonly currency?: string;
  /** In the unit of the model: the standard model has minor units. */
  readonly total?: number;
  /** In UTC with milliseconds. */
  readonly placedAt?: string;
  /** The number of the order in another system. */
  readonly externalReference?: string;
  readonly salesChannel?: string;
  readonly tags?: readonly string[];
}

/** An order's ID and facts. */
export interface IdentifiedFacts {
  readonly orderId: string;
  readonly facts: OrderFacts;
}

/** A fact of a value in the document; undefined if the value cannot be one. */
type ReadFact = (value: unknown) => OrderFacts[OptionalFact] | undefined;

const MAX_TAGS = 50;

const textOf = (maxLength: number): ReadFact => (value) => {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' && text.length <= maxLength ? text : undefined;
};

/** A number, or its decimal digits as text. */
const numberOf: ReadFact = (value) => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) && isExactNumber(value) ? Number(value) : undefined;
};

const timeOf: ReadFact = (value) => utcTime(typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value);

const tagsOf: ReadFact = (value) => {
  const tags = Array.isArray(value) && value.length <= MAX_TAGS ? value.map(textOf(64)) : [undefined];
  return tags.includes(undefined) ? undefined : tags as string[];
};

const FACTS: Readonly<Record<OptionalFact, readonly [read: ReadFact, requirement: string]>> = {
  customerId: [textOf(128), 'must be text of 1 to 128 characters that is not blank'],
  currency: [textOf(16), 'must be text of 1 to 16 characters'],
  total: [numberOf, 'must be a number, or decimal digits as text, with at most 15 digits'],
  placedAt: [timeOf, 'must be an RFC 3339 time, such as 2026-01-31T12:00:00Z, or a date'],
  externalReference: [textOf(128), 'must be text of 1 to 128 characters that is not blank'],
  salesChannel: [textOf(64), 'must be text of 1 to 64 characters that is not blank'],
  tags: [tagsOf, `must be a list of at most ${MAX_TAGS} texts of 1 to 64 characters`],
};

/** Makes the function that reads the ID and the facts of an order, by the pointers of its model. */
export function factsReader({ facts: pointers }: OrderModelDescription): (order: unknown) => Validated<IdentifiedFacts> {
  const steps = OPTIONAL_FACTS.flatMap((fact) => (pointers[fact] === undefined ? [] : [[fact, pointers[fact], stepsOf(pointers[fact])] as const]));
  const idSteps = stepsOf(pointers.orderId);
  return (order) => {
    const errors: FieldError[] = [];
    const facts: Record<string, unknown> = {};
    for (const [fact, path, factSteps] of steps) {
      const value = valueAt(order, ...factSteps) ?? undefined;
      if (value === undefined) continue;
      const [read, requirement] = FACTS[fact];
      facts[fact] = read(value);
      if (facts[fact] === undefined) errors.push({ path, code: 'INVALID_FACT', message: requirement });
    }
    const orderId = orderIdOf(valueAt(order, ...idSteps));
    if (orderId === undefined) errors.push({ path: pointers.orderId, code: 'INVALID_FORMAT', message: 'is the ID of the order: must have 1 to 64 of A-Z a-z 0-9 _ -' });
    return errors.length > 0 ? { errors } : { value: { orderId: orderId!, facts } };
  };
}

/** Reads an order ID, which a model may also have as an integer; undefined for a value of another form. */
export function orderIdOf(value: unknown): string | undefined {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && ORDER_ID_PATTERN.test(id) ? id : undefined;
}
