import { createHash } from 'node:crypto';
import { decodeTime, encodeTime, isValid, ulid } from 'ulid';

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

/** The id of what another system asks for on the bus: the same request under the same id has the same one. */
export const requestId = (commandType: string, orderId: string, givenId: string, payload: string): string =>
  digest(['request', commandType, orderId, givenId, payload]).slice(0, 32);

/** The id of a command that a client may send again under one idempotency key: the same request has the same id. */
export const commandIdForKey = (caller: string, idempotencyKey: string, request: readonly string[]): string =>
  digest(['command', caller, idempotencyKey, ...request]).slice(0, 32);

/** When a command id was made; undefined for one that was derived. */
export function timeOfCommandId(commandId: string): number | undefined {
  // Of 26 digits the first is at most a 7: what is larger only looks like one.
  return isValid(commandId) && commandId[0] <= '7' ? decodeTime(commandId) : undefined;
}

/** The id of the event of one type that something leads to, such as a command for an order: what comes again says the same event again. */
export const eventIdFor = (eventType: string, ...cause: string[]): string => digest(['event', eventType, ...cause]).slice(0, 32);

/** SHA-256 of the parts as lower-case hex. Parts are framed as JSON, so that no two lists of parts can run together. */
export const digest = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
