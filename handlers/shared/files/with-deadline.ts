import { OrderFileError, type OrderFilePart } from '../order-file';

/**
 * Gives the parts of a file until the time is up.
 *
 * @throws OrderFileError then: a file that cannot be checked in one go is refused and told of, rather than tried again in vain.
 */
export async function* withDeadline(parts: AsyncIterable<OrderFilePart>, timeIsUp: () => boolean): AsyncGenerator<OrderFilePart> {
  for await (const part of parts) {
    if (timeIsUp()) {
      throw new OrderFileError('CHECK_TOOK_TOO_LONG', 'checking the file takes longer than an invocation may: send it in smaller files, or give validateFile more memory', part.next);
    }
    yield part;
  }
}
