import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline as connect } from 'node:stream/promises';
import { assertOwnPage, assertToken, SECURITY_HEADERS } from './request-guard';
import { ROUTES, type Download, type Route } from './routes';
import { readStaticFile } from './static-files';
import { toProblem } from './to-problem';
import { sendUpdates } from './updates';
import { Problem } from '../../../handlers/shared/http/problem';
import type { ConsoleData } from '../console-data';

/** What the server needs. */
export interface ConsoleServerOptions {
  readonly data: ConsoleData;
  readonly token: string;
  readonly allowsChanges: boolean;
  /** The folder with the page. */
  readonly folder: string;
  /** The port; 0 for any free one. */
  readonly port: number;
}

const UPDATES = '/api/updates';
/** Paths are relative to it. */
const BASE = 'http://127.0.0.1';

/** The server of the console: it serves the page and its API to this machine only. */
export class ConsoleServer {
  /** Starts a server. */
  static async start(options: ConsoleServerOptions): Promise<ConsoleServer> {
    const console = new ConsoleServer(options);
    await new Promise<void>((resolve, reject) => console.server.once('error', reject).listen(options.port, '127.0.0.1', resolve));
    return console;
  }

  private readonly server: Server;

  private constructor(private readonly options: ConsoleServerOptions) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.headersTimeout = 10_000;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The URL with the token, which a browser does not send to any server. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/#${this.options.token}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    try {
      assertOwnPage(request.headers, this.port);
      const url = parseUrl(request.url);
      await (url.pathname.startsWith('/api/') ? this.answerApi(request, url, response) : this.answerPage(request, url, response));
    } catch (error) {
      refuse(request, response, error as Error);
    }
  }

  private async answerPage({ method }: IncomingMessage, { pathname }: URL, response: ServerResponse): Promise<void> {
    assertMethod(method, ['GET', 'HEAD']);
    const { type, body } = await readStaticFile(this.options.folder, pathname);
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length }).end(method === 'HEAD' ? undefined : body);
  }

  private async answerApi(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const { data, token, allowsChanges } = this.options;
    assertToken(request.headers, token);
    if (url.pathname === UPDATES) {
      assertMethod(request.method, ['GET']);
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      return sendUpdates(response, data);
    }
    const { route, path } = findRoute(request.method, url.pathname);
    if (route.method !== 'GET' && !allowsChanges) {
      throw new Problem(403, 'read-only', 'the console was started without --allow-changes: it only reads');
    }
    const answer = await route.handle({ message: request, path, query: queryOf(url) }, data);
    if ('body' in answer && 'name' in answer) return sendDownload(answer, response);
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(answer));
  }
}

function parseUrl(path = '/'): URL {
  if (!path.startsWith('/') || path.startsWith('//') || !URL.canParse(path, BASE)) throw new Problem(400, 'invalid-path', 'the path of the request is not valid');
  return new URL(path, BASE);
}

function findRoute(method: string | undefined, pathname: string): { readonly route: Route; readonly path: readonly string[] } {
  const found = ROUTES.filter(({ pattern }) => pattern.test(pathname));
  if (found.length === 0) throw new Problem(404, 'not-found', 'the API has no such path');
  assertMethod(method, found.map((route) => route.method));
  const route = found.find((each) => each.method === method)!;
  return { route, path: route.pattern.exec(pathname)!.slice(1).map(decode) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Problem(400, 'invalid-path', 'the path of the request is not valid');
  }
}

function assertMethod(method: string | undefined, allowed: readonly string[]): void {
  if (method === undefined || !allowed.includes(method)) throw new Problem(405, 'method-not-allowed', `the method must be ${allowed.join(' or ')}`, [], { Allow: allowed.join(', ') });
}

/** An empty parameter is not given. */
const queryOf = ({ searchParams }: URL): Record<string, string> => Object.fromEntries([...searchParams].filter(([, value]) => value !== ''));

async function sendDownload({ name, body }: Download, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Disposition': `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '_')}"` });
  // The browser may end a download.
  await connect(body, response).catch(() => response.destroy());
}

function refuse(request: IncomingMessage, response: ServerResponse, error: Error): void {
  const problem = toProblem(error);
  if (response.headersSent) return void response.destroy();
  // The rest of a body is not read.
  if (!request.complete) response.setHeader('Connection', 'close');
  const headers = error instanceof Problem ? error.headers : {};
  response.writeHead(problem.status, { 'Content-Type': 'application/problem+json; charset=utf-8', ...headers }).end(JSON.stringify(problem));
}
