/** EventBridge's and SQS's oldest quotas of a request, which the handlers do not exceed. */
const REQUEST_ENTRIES = 10;
const REQUEST_BYTES = 256 * 1024;
/** A single message may be larger: a record of the stream in a dead-letter queue contains an order twice. */
const MESSAGE_BYTES = 1024 * 1024;
const ITEM_BYTES = 400 * 1024;
/** BatchExecuteStatement's limit. */
const BATCH_STATEMENTS = 25;
/** UTF-8 has at most three bytes for each UTF-16 code unit of a string. */
const MAX_BYTES_PER_CHARACTER = 3;

/** The error of a service for a request that is too large or empty. No handler sends such a request. */
export class TooLarge extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

export function assertMessageFits(body: string): void {
  if (body.length < 1 || bytesOf(body, MESSAGE_BYTES) > MESSAGE_BYTES) throw new TooLarge('InvalidParameterValue');
}

export function assertBatchFits(bodies: readonly string[]): void {
  if (bodies.length < 1) throw new TooLarge('EmptyBatchRequest');
  if (bodies.length > REQUEST_ENTRIES) throw new TooLarge('TooManyEntriesInBatchRequest');
  if (totalOf(bodies) > REQUEST_BYTES) throw new TooLarge('BatchRequestTooLong');
}

export function assertEventsFit(texts: readonly string[]): void {
  if (texts.length < 1 || texts.length > REQUEST_ENTRIES || totalOf(texts) > REQUEST_BYTES) throw new TooLarge('ValidationException');
}

export function assertItemFits(item: unknown): void {
  if (sizeOf(item) > ITEM_BYTES) throw new TooLarge('ValidationException');
}

/** The keys of the items of a BatchExecuteStatement request. */
export function assertKeysFit(keys: readonly string[]): void {
  if (keys.length < 1 || keys.length > BATCH_STATEMENTS || new Set(keys).size < keys.length) throw new TooLarge('ValidationException');
}

const totalOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + bytesOf(text, REQUEST_BYTES / REQUEST_ENTRIES), 0);

/** The bytes in UTF-8, counted only where they could exceed the limit. */
const bytesOf = (text: string, most: number): number => (text.length * MAX_BYTES_PER_CHARACTER > most ? Buffer.byteLength(text) : text.length);

/** The size as DynamoDB counts it: names and strings in UTF-8, half a byte for each digit, one byte for each value, and three more for a list or map. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + Buffer.byteLength(value);
  if (typeof value === 'number') return 2 + Math.ceil(String(value).length / 2);
  if (typeof value !== 'object' || value === null) return 1;
  if (value instanceof Uint8Array) return 1 + value.length;
  const isList = Array.isArray(value);
  let size = 4;
  for (const name in value) size += (isList ? 0 : Buffer.byteLength(name)) + sizeOf((value as Record<string, unknown>)[name]);
  return size;
}
