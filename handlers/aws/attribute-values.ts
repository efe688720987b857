import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item, as DynamoDB's API has it. */
export type Attributes = Record<string, AttributeValue>;

/**
 * Converts an item of JSON values to attributes, without undefined fields. Clients choose the keys within orders: `marshall` of util-dynamodb
 * fails for an object with the key `constructor`, and loses the key `__proto__`.
 *
 * @throws RangeError when a number cannot be stored exactly.
 */
export const toAttributes = (item: object): Attributes => mapValues(item as Record<string, unknown>, toAttributeValue);

/**
 * Converts attributes of JSON values back to an item.
 *
 * @throws RangeError when a number is beyond those that `toAttributes` stores.
 */
export const fromAttributes = (attributes: Attributes): Record<string, unknown> => mapValues(attributes, fromAttributeValue);

function toAttributeValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string': return { S: value };
    case 'boolean': return { BOOL: value };
    case 'number': return { N: String(exactNumber(value)) };
    case 'object': return value === null ? { NULL: true } : toDocument(value);
    default: throw new TypeError(`a ${typeof value} is not a JSON value`);
  }
}

const toDocument = (value: object): AttributeValue => (Array.isArray(value) ? { L: value.map(toAttributeValue) } : { M: toAttributes(value) });

function exactNumber(value: number): number {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  throw new RangeError('the number cannot be stored exactly');
}

function fromAttributeValue({ S, N, BOOL, M, L }: AttributeValue): unknown {
  if (M) return fromAttributes(M);
  if (L) return L.map(fromAttributeValue);
  return N === undefined ? S ?? BOOL ?? null : exactNumber(Number(N));
}

/** Converts the values that are defined. */
function mapValues<From, To>(values: Readonly<Record<string, From>>, convert: (value: From) => To): Record<string, To> {
  const converted: Record<string, To> = {};
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value === undefined) continue;
    // An assignment of this key would replace the prototype instead.
    if (key === '__proto__') Object.defineProperty(converted, key, { value: convert(value), enumerable: true, configurable: true, writable: true });
    else converted[key] = convert(value);
  }
  return converted;
}
