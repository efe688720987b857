import type { IncomingMessage } from 'node:http';
import { Problem } from '../../../handlers/shared/http/problem';

/** More than the largest order. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads the body of a request as JSON.
 *
 * @throws Problem 400, 413 or 415.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) throw new Problem(415, 'not-json', 'the body must be JSON, with the content type application/json');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Problem(413, 'too-large', `the body must have at most ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Problem(400, 'not-json', 'the body is not JSON');
  }
}
