import { hash, randomFillSync } from 'node:crypto';
import { decodeTime, encodeTime, isValid, ulid } from 'ulid';

/** The format of an order ID. */
export const ORDER_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** The format of a file ID. */
export const FILE_ID_PATTERN = /^[0-9a-f]{32}$/;

/** Random bytes that are generated together: one by one, a ULID takes sixteen calls of the generator. */
const pool = new Uint8Array(1024);
let used = pool.length;

/** A random number from 0 to 1, without 1, for one digit of a ULID. */
function pooledRandom(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return pool[used++] / 256;
}

/** Creates a command ID: a ULID of 26 characters, unique and sortable by time. */
export const newCommandId = (): string => ulid(undefined, pooledRandom);

/**
 * Creates the function that derives the command IDs of the orders in a file. They are ULIDs, sortable by time among the others: the file ID
 * makes the ten digits in the middle, and the index of the order in the file the last six.
 */
export function commandIdInFile(receivedAt: string, fileId: string): (index: number) => string {
  const prefix = encodeTime(Date.parse(receivedAt)) + fileDigits(fileId);
  return (index) => prefix + ulidDigits(index, 6);
}

/** Returns the index of an order in its file from its command ID. Undefined if the command ID is not one of this file. */
export function indexInFile(fileId: string, commandId: string): number | undefined {
  if (!FILE_ID_PATTERN.test(fileId) || commandId.slice(10, 20) !== fileDigits(fileId)) return undefined;
  const index = [...commandId.slice(20)].reduce((value, digit) => value * 32 + ULID_DIGITS.indexOf(digit), 0);
  return ulidDigits(index, 6) === commandId.slice(20) ? index : undefined;
}

const fileDigits = (fileId: string): string => ulidDigits(parseInt(fileId.slice(0, 12), 16), 10);

function ulidDigits(value: number, length: number): string {
  let digits = '';
  for (let rest = value; digits.length < length; rest = Math.floor(rest / 32)) digits = ULID_DIGITS[rest % 32] + digits;
  return digits;
}

/** Crockford's base 32. */
const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Creates an order ID for a request with neither an ID nor an idempotency key. */
export const newOrderId = (): string => ulid(undefined, pooledRandom);

/** Derives the order ID of a caller's idempotency key, so that a retry has the same one without a lookup. */
export const orderIdForKey = (caller: string, idempotencyKey: string): string =>
  digest(['order', caller, idempotencyKey]).slice(0, 32);

/** Derives the ID of an order without one from the ID of the event that requests it: a redelivered event is the same order. */
export const orderIdForEvent = (eventId: string): string => digest(['order event', eventId]).slice(0, 32);

/** Derives the command ID of another system's request on the bus: the same request with the same event ID has the same one. */
export const requestId = (commandType: string, orderId: string, givenId: string, payload: string): string =>
  digest(['request', commandType, orderId, givenId, payload]).slice(0, 32);

/** Derives the command ID of a request with an idempotency key: a retry of the same request has the same one. */
export const commandIdForKey = (caller: string, idempotencyKey: string, request: readonly string[]): string =>
  digest(['command', caller, idempotencyKey, ...request]).slice(0, 32);

/** The time at which a command ID was created; undefined for a derived one. */
export function timeOfCommandId(commandId: string): number | undefined {
  // The first of the 26 digits of a ULID is at most 7.
  return isValid(commandId) && commandId[0] <= '7' ? decodeTime(commandId) : undefined;
}

/** Derives the ID of an event from its type and cause, such as an order and a command: a redelivered command publishes the same event. */
export const eventIdFor = (eventType: string, ...cause: string[]): string => digest(['event', eventType, ...cause]).slice(0, 32);

/** SHA-256 of the parts as lower-case hex. Parts are framed as JSON, so that no two lists of parts can run together. */
export const digest = (parts: readonly string[]): string => hash('sha256', JSON.stringify(parts));
