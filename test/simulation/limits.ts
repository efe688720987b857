/** EventBridge's and SQS's quotas of a request as they have always been, which is what the handlers promise to keep to. */
const REQUEST_ENTRIES = 10;
const REQUEST_BYTES = 256 * 1024;
/** One message may have more: what is set aside of a stream holds an order twice. */
const MESSAGE_BYTES = 1024 * 1024;
const ITEM_BYTES = 400 * 1024;
/** What EventBridge and SQS count in UTF-8 has at most three bytes for each character of a string. */
const BYTES_A_CHARACTER = 3;

/** What a service answers to a request that is too large, or empty, by the name of the error. No handler sends such a one. */
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

const totalOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + bytesOf(text, REQUEST_BYTES / REQUEST_ENTRIES), 0);

/** Bytes in UTF-8, counted only where they could be too many. */
const bytesOf = (text: string, most: number): number => (text.length * BYTES_A_CHARACTER > most ? Buffer.byteLength(text) : text.length);

/** How DynamoDB counts: names and texts in UTF-8, half a byte for each digit, and a byte for each value, three more where it has others in it. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + Buffer.byteLength(value);
  if (typeof value === 'number') return 2 + Math.ceil(String(value).length / 2);
  if (typeof value !== 'object' || value === null) return 1;
  const isList = Array.isArray(value);
  let size = 4;
  for (const name in value) size += (isList ? 0 : Buffer.byteLength(name)) + sizeOf((value as Record<string, unknown>)[name]);
  return size;
}
