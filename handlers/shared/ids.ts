import { createHash } from 'node:crypto';
import { encodeTime, ulid } from 'ulid';

/** What an order id looks like, wherever it comes from. */
export const ORDER_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** A new command id: unique, and sortable by the time it was made (ULID, 26 characters). */
export const newCommandId = (): string => ulid();

/**
 * Makes the command ids of the orders in a file: always the same ones, and sorted by time among the others. The file's id takes the
 * ten digits in the middle of the ULID, the order's place in the file the last six.
 */
export function commandIdInFile(receivedAt: string, fileId: string): (index: number) => string {
  const prefix = encodeTime(Date.parse(receivedAt)) + ulidDigits(parseInt(fileId.slice(0, 12), 16), 10);
  return (index) => prefix + ulidDigits(index, 6);
}

function ulidDigits(value: number, length: number): string {
  let digits = '';
  for (let rest = value; digits.length < length; rest = Math.floor(rest / 32)) digits = ULID_DIGITS[rest % 32] + digits;
  return digits;
}

/** Crockford's base 32. */
const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An order id for a client that brought neither an id nor an idempotency key. */
export const newOrderId = (): string => ulid();

/** The one order id that a caller's idempotency key stands for. Derived, so a retry needs no memory to find it again. */
export const orderIdForKey = (caller: string, idempotencyKey: string): string =>
  digest(['order', caller, idempotencyKey]).slice(0, 32);

/** The id of the event of one type that a command leads to: a redelivered command says the same event again. */
export const eventIdFor = (commandId: string, eventType: string): string => digest(['event', commandId, eventType]).slice(0, 32);

/** SHA-256 of the parts as lower-case hex. Parts are framed as JSON, so that no two lists of parts can run together. */
export const digest = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
