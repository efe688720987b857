import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { HostAddress } from './resolve-host';

/** A response, as far as it is read. */
export interface WebhookResponse {
  readonly statusCode: number;
  readonly body: string;
  readonly retryAfter?: string;
}

/** A request, with the addresses to which it may connect. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly addresses: readonly HostAddress[];
  /** Ends the request, whatever it waits for. */
  readonly signal: AbortSignal;
}

/** The beginning of a response that is kept. */
const KEPT_BYTES = 1024;
/** A response that is longer is not read further. */
const READ_BYTES = 64 * 1024;

/** Node.js connects to one of the given addresses, which were checked: a second resolution could have another result. */
const fixedLookup = (addresses: readonly HostAddress[]): LookupFunction => (_host, { all }, done) => {
  if (all) done(null, [...addresses]);
  else done(null, addresses[0].address, addresses[0].family);
};

/**
 * Sends a POST request over a new connection. It follows no redirects. A response counts once its headers have arrived, even when its body is cut.
 *
 * @throws Error when there is no response.
 */
export const sendRequest = ({ url, headers, body, addresses, signal }: WebhookRequest): Promise<WebhookResponse> => new Promise((resolve, reject) => {
  const send = url.startsWith('https:') ? https.request : http.request;
  const bytes = Buffer.from(body);
  const request = send(url, {
    method: 'POST', agent: false, lookup: fixedLookup(addresses), signal, maxHeaderSize: 16 * 1024, headers: { ...headers, 'Content-Length': bytes.length },
  });
  request.on('error', reject);
  request.on('response', (response) => {
    // An error from here on cuts the body.
    request.off('error', reject).on('error', () => undefined);
    readBody(response).then((text) => resolve({ statusCode: response.statusCode!, body: text, retryAfter: response.headers['retry-after'] }), reject);
  });
  request.end(bytes);
});

function readBody(response: http.IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = () => {
      resolve(textOf(Buffer.concat(chunks)));
      response.destroy();
    };
    response.on('data', (chunk: Buffer) => {
      if (length < KEPT_BYTES) chunks.push(chunk.subarray(0, KEPT_BYTES - length));
      length += chunk.length;
      if (length > READ_BYTES) finish();
    });
    for (const event of ['end', 'error', 'close']) response.on(event, finish);
  });
}

/** Bytes that are not UTF-8, such as a character that is cut, become U+FFFD. Control characters would only disturb readers of the log. */
const textOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/[^\P{Cc}\n\t]/gu, '\uFFFD');
