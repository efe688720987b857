import { createHash } from 'node:crypto';
import { encodeTime, ulid } from 'ulid';

/** What an order id looks like, wherever it comes from. */
export const ORDER_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** A new command id: unique, and sortable by the time it was made (ULID, 26 characters). */
export const newCommandId = (): string => ulid();

/** The command id that follows from a time and some parts: always the same one, and sorted by time among the others. */
export function commandIdAt(time: Date, parts: readonly string[]): string {
  const random = BigInt(`0x${digest(['command', ...parts]).slice(0, 20)}`).toString(32).padStart(16, '0');
  return encodeTime(time.getTime()) + random.replace(/./g, (digit) => ULID_DIGITS[parseInt(digit, 32)]);
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
