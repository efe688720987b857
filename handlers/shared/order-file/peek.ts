/** The first bytes of a stream, and the whole stream. */
export interface Peeked {
  /** Shorter than asked for only when the stream is. */
  readonly head: Buffer;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Stops the stream. A reader of `bytes` that stops early does the same. */
  close(): Promise<void>;
}

/** Reads the first `size` bytes of a stream. */
export async function peek(stream: AsyncIterable<Uint8Array>, size: number): Promise<Peeked> {
  const rest = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let head = Buffer.alloc(0);
  while (head.length < size) {
    const { value, done } = await rest.next();
    if (done) break;
    chunks.push(value);
    head = Buffer.concat([head, value.subarray(0, size - head.length)]);
  }
  return { head, bytes: concat(chunks, rest), close: async () => { await rest.return?.(); } };
}

async function* concat(chunks: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // A reader that stops early must also stop the download.
    await rest.return?.();
  }
}
