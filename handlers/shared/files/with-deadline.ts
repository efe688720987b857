import { OrderFileError, type OrderFilePart } from '../order-file';

/**
 * Yields the parts of a file until the time is up.
 *
 * @throws OrderFileError when the time is up. A file that takes longer than one invocation is rejected, because a retry would also time out.
 */
export async function* withDeadline(parts: AsyncIterable<OrderFilePart>, timeIsUp: () => boolean): AsyncGenerator<OrderFilePart> {
  for await (const part of parts) {
    if (timeIsUp()) {
      throw new OrderFileError('CHECK_TOOK_TOO_LONG', 'checking the file exceeds the timeout of the function; split the file, or increase the memory of validateFileFunction', part.next);
    }
    yield part;
  }
}
