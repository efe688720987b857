import type { OrderFileError, OrderFileLimits, OrderFilePart, OrderFilePosition, RawOrder } from '../../handlers/shared/order-file';
import { readOrderFile } from '../../handlers/shared/order-file';

/** Limits large enough for all tests that do not exceed them on purpose. */
export const ROOMY: OrderFileLimits = { maxFileSize: 1e9, maxOrderSize: 1e6, maxOrders: 1e6 };

/** The orders read from a file, and the error that ended it. */
export interface Reading {
  readonly orders: RawOrder[];
  readonly parts: OrderFilePart[];
  readonly failure?: OrderFileError;
}

/** Returns the bytes from an offset, in chunks of the sizes from `size`. */
export const opener = (bytes: Uint8Array, size: () => number = () => 1e9) => async function* (from: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < bytes.length;) {
    const end = at + Math.max(1, size());
    yield bytes.subarray(at, end);
    at = end;
  }
};

/** Reads a file to its end or to the first error. */
export async function readAll(open: (from: number) => AsyncIterable<Uint8Array>, limits = ROOMY, resumeAt?: OrderFilePosition): Promise<Reading> {
  const parts: OrderFilePart[] = [];
  let failure: OrderFileError | undefined;
  try {
    for await (const part of readOrderFile(open, limits, resumeAt)) parts.push(part);
  } catch (error) {
    failure = error as OrderFileError;
  }
  return { orders: parts.flatMap(({ orders }) => orders), parts, failure };
}

/** Converts a reading for comparison. */
export const summary = ({ orders, failure }: Reading) => ({
  orders: orders.map(({ index, line, offset, bytes, errors }) => [index, line, offset, errors?.map(({ path, code, message }) => `${path} ${code} ${message}`) ?? bytes.toString('latin1')]),
  failure: failure && [failure.code, failure.offset, failure.line, failure.message],
});
