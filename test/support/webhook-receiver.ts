import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A request that a receiver got. */
export interface ReceivedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `performance.now()` */
  readonly at: number;
  /** The status of the answer; undefined for none. */
  readonly status?: number;
}

/** Answers a request: with a status, or not at all. */
export type Answer = (response: ServerResponse, requests: number) => number | undefined;

export const answerWith = (status: number, headers: Record<string, string> = {}): Answer => (response) => {
  response.writeHead(status, headers).end('the answer');
  return status;
};

/** Accepts requests and never answers. */
export const hang: Answer = () => undefined;

/** The receiver of a webhook on a free port of this machine. */
export class WebhookReceiver {
  public static async start(answer: Answer = answerWith(200)): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(answer);
    await new Promise<void>((resolve) => { receiver.server.listen(0, '127.0.0.1', resolve); });
    return receiver;
  }

  public readonly requests: ReceivedRequest[] = [];
  private readonly server: Server = createServer((request, response) => this.receive(request, response));

  private constructor(public answer: Answer) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks`;
  }

  /** The events that it accepted, each once, in the sequence in which it accepted them first. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any event
  public get accepted(): { readonly id: string; readonly at: number; readonly event: any }[] {
    const successes = this.requests.filter(({ status }) => status === 200);
    const ids = successes.map(({ headers }) => headers['webhook-id']);
    return successes.filter((_, index) => ids.indexOf(ids[index]) === index)
      .map(({ headers, body, at }) => ({ id: headers['webhook-id'] as string, at, event: JSON.parse(body) }));
  }

  /** Verifies the signatures of all requests with an independent implementation. @throws WebhookVerificationError */
  public verifyAll(secret: string): void {
    for (const { headers, body } of this.requests) new Webhook(secret).verify(body, headers as Record<string, string>);
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => { this.server.close(() => resolve()); });
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const at = performance.now();
      const status = this.answer(response, this.requests.length);
      this.requests.push({ headers: request.headers, body, at, status });
    });
  }
}
