import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { readJson } from './read-json';
import { Problem } from '../../../handlers/shared/http/problem';
import type { Fault, RedriveSelection } from '../console-api';
import type { ConsoleData } from '../console-data';
import { readSelection } from './read-selection';

/** A request to the API. */
export interface ConsoleRequest {
  readonly message: IncomingMessage;
  /** The parts of the path that the route names. */
  readonly path: readonly string[];
  /** The parameters of the query, each given at most once. */
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** A download. */
export interface Download {
  readonly name: string;
  readonly body: Readable;
}

/** A route of the API. One that is not GET changes something. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly pattern: RegExp;
  readonly handle: (request: ConsoleRequest, data: ConsoleData) => Promise<object | Download>;
}

const route = (method: Route['method'], path: string, handle: Route['handle']): Route =>
  ({ method, pattern: new RegExp(`^/api/${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`), handle });

/** The routes, except that of the updates. */
export const ROUTES: readonly Route[] = [
  route('GET', 'pipeline', (_, data) => data.describe()),
  route('GET', 'status', (_, data) => data.status()),
  route('GET', 'orders', ({ query }, data) => data.orders(query)),
  route('POST', 'orders', async ({ message, query: { tenant } }, data) => data.send({ command: 'place', tenant, order: await readJson(message) })),
  route('GET', 'orders/{orderId}', ({ path: [orderId], query: { tenant } }, data) => data.order({ orderId, tenant })),
  route('POST', 'orders/{orderId}/changes', async ({ message, path: [orderId], query: { tenant } }, data) =>
    data.send({ command: 'change', tenant, orderId, change: await readJson(message) })),
  route('POST', 'orders/{orderId}/cancellations', async ({ message, path: [orderId], query: { tenant } }, data) =>
    data.send({ command: 'cancel', tenant, orderId, cancellation: await readJson(message) })),
  route('GET', 'files', ({ query }, data) => data.files(query)),
  route('GET', 'files/{fileId}', ({ path: [fileId] }, data) => data.file(fileId)),
  route('GET', 'files/{fileId}/report', async ({ path: [fileId] }, data) => ({ name: `${fileId}.ndjson`, body: await data.report(fileId) })),
  route('PUT', 'files/{name}', ({ message, path: [name], query: { tenant } }, data) => data.upload(name, tenant, message, sizeOf(message))),
  route('GET', 'dead-letters', (_, data) => data.deadLetters()),
  route('POST', 'dead-letters/redrive', async ({ message }, data) => data.redrive(readSelection(await readJson(message)) satisfies RedriveSelection)),
  route('GET', 'events', ({ query }, data) => data.events(query)),
  route('GET', 'faults', (_, data) => data.faults()),
  route('POST', 'faults/{fault}', ({ path: [fault] }, data) => data.startFault(fault as Fault)),
  route('DELETE', 'faults/{fault}', ({ path: [fault] }, data) => data.endFault(fault as Fault)),
];

/** The largest file that a pipeline accepts. */
const MAX_FILE_BYTES = 5 * 1024 ** 3;

function sizeOf({ headers }: IncomingMessage): number {
  const size = Number(headers['content-length']);
  if (!Number.isSafeInteger(size) || size < 1) throw new Problem(411, 'length-required', 'the file must not be empty, and the request must have its length in Content-Length');
  if (size > MAX_FILE_BYTES) throw new Problem(413, 'too-large', 'a file must have at most 5 GiB');
  return size;
}
