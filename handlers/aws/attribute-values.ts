import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item, as DynamoDB's API has it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * Converts an item of JSON values to attributes, without undefined fields. Clients choose the keys within orders: `marshall` of util-dynamodb
 * fails for an object with the key `constructor`, and loses the key `__proto__`.
 *
 * @throws RangeError when a number cannot be stored exactly.
 */
export const toAttributes = (item: object): Attributes => mapValues(definedEntries(item), toAttributeValue);

/** Converts attributes of JSON values back to an item. */
export const fromAttributes = (attributes: Attributes): Record<string, unknown> => mapValues(Object.entries(attributes), fromAttributeValue);

function toAttributeValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string': return { S: value };
    case 'boolean': return { BOOL: value };
    case 'number': return { N: exactNumber(value) };
    case 'object': return value === null ? { NULL: true } : toDocument(value);
    default: throw new TypeError(`a ${typeof value} is not a JSON value`);
  }
}

const toDocument = (value: object): AttributeValue => (Array.isArray(value) ? { L: value.map(toAttributeValue) } : { M: toAttributes(value) });

function exactNumber(value: number): string {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  throw new RangeError('the number cannot be stored exactly');
}

function fromAttributeValue({ S, N, BOOL, M, L }: AttributeValue): unknown {
  if (M) return fromAttributes(M);
  if (L) return L.map(fromAttributeValue);
  return N === undefined ? S ?? BOOL ?? null : Number(N);
}

const definedEntries = (item: object): [string, unknown][] => Object.entries(item).filter(([, value]) => value !== undefined);

/** `fromEntries` defines each key. An assignment of the key `__proto__` would replace the prototype instead. */
const mapValues = <From, To>(entries: readonly [string, From][], convert: (value: From) => To): Record<string, To> =>
  Object.fromEntries(entries.map(([key, value]) => [key, convert(value)]));
