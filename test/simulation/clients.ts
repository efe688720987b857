import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Account } from './account';
import type { ClientRequest } from './client-requests';
import { LARGE_ITEMS, LARGE_PATCH } from './large-orders';
import { sendRequest, type World } from './requests';
import { apiRequest } from '../support/api-request';
import { s3Notification } from '../support/file-notification';
import { sampleOrder } from '../support/sample-order';

const MAX_TRIES = 6;
const OUTSIDE = { name: 'outside', isDead: false, crash: () => undefined };

interface Headers {
  readonly orderId?: string;
  readonly ifMatch?: number;
  readonly key?: string;
}

/** The users of the pipeline. They retry a request that failed under the same correlation id. */
export class Clients {
  /** The status of the last response to each request, by the request's number. */
  readonly responses = new Map<number, number>();

  constructor(private readonly world: World, private readonly account: Account) {}

  /** Schedules all requests. */
  start(requests: readonly ClientRequest[]): void {
    for (const request of requests) this.world.clock.after(request.at, () => { this.send(request); });
  }

  private send(request: ClientRequest): void {
    const { id } = request;
    switch (request.kind) {
      case 'file': return this.upload(request);
      case 'publish': return void this.publish(request);
      case 'place': return this.post(id, 'receive-order', { key: request.key }, { ...orderOf(request.orderId, request.notes, request.isInvalid), ...request.isLarge ? LARGE_ITEMS : {} });
      case 'redrive': return this.redrive(request);
      case 'send poison message': return this.sendPoisonMessage(id, request.orderId);
      case 'place malformed': return this.post(id, 'receive-order', {}, { ...orderOf(request.orderId, ''), items: [] });
      case 'change': return this.post(id, 'receive-order-change', request, request.isLarge ? LARGE_PATCH : request.patch);
      case 'cancel': return this.post(id, 'receive-order-cancellation', request, { reason: request.reason });
    }
  }

  private post(id: number, name: string, { orderId, ifMatch, key }: Headers, body: unknown, tries = 1): void {
    const request: APIGatewayProxyEvent = apiRequest({
      httpMethod: name === 'receive-order-change' ? 'PATCH' : 'POST',
      body: JSON.stringify(body),
      pathParameters: orderId === undefined ? null : { orderId },
      headers: {
        'Content-Type': 'application/json',
        'X-Correlation-Id': `request-${id}`,
        ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
    });
    this.account.functions[name].invoke(request, ({ value }) => {
      const { statusCode } = (value as APIGatewayProxyResult | undefined) ?? { statusCode: 502 };
      this.responses.set(id, statusCode);
      if (statusCode < 500 || tries === MAX_TRIES) return;
      this.world.clock.after(1000 * 2 ** tries, () => { this.post(id, name, { orderId, ifMatch, key }, body, tries + 1); });
    });
  }

  /** Sends a message to the orders queue that is not a command. */
  private sendPoisonMessage(id: number, MessageGroupId: string): void {
    this.account.ordersQueue.send({ MessageBody: `{"note":"poison-${id}"}`, MessageGroupId, MessageDeduplicationId: String(id) });
  }

  private async publish({ type, metadata, data }: Extract<ClientRequest, { kind: 'publish' }>): Promise<void> {
    const Entries = [{ EventBusName: 'Bus', Source: 'orders', DetailType: type, Detail: JSON.stringify({ metadata, data }) }];
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      try {
        await sendRequest(this.world, OUTSIDE, 'PutEvents', () => this.account.bus.putEvents({ Entries }));
        return;
      } catch {
        await this.world.clock.sleep(1000 * 2 ** tries);
      }
    }
  }

  /** Invokes one redrive after another, or several at the same time. */
  private redrive({ calls, request }: Extract<ClientRequest, { kind: 'redrive' }>): void {
    const random = this.world.randomStreams.of('redrive');
    for (let call = 0; call < calls; call++) this.world.clock.after(random.below(random.pick([20, 5000])), () => { this.account.redrive(request); });
  }

  private upload({ id, lines, erasedAfter }: Extract<ClientRequest, { kind: 'file' }>): void {
    const { world: { clock, faults, randomStreams }, account: { s3, queues, deployment: { notifications } } } = this;
    const key = `incoming/file-${id}.ndjson`;
    const text = lines.map(({ orderId, notes, isInvalid, ...fields }) => JSON.stringify({ ...orderOf(orderId, notes, isInvalid), ...fields })).join('\n');
    const body = s3Notification(s3.upload(key, text));
    if (erasedAfter !== undefined) clock.after(erasedAfter, () => { s3.erase(key); });
    const random = randomStreams.of('s3');
    for (const { queue } of notifications.filter(({ prefix }) => key.startsWith(prefix))) {
      const fault = faults.at('s3: notification');
      const notify = () => { queues[queue].send({ MessageBody: body }); };
      clock.after(random.below(fault === 'late' ? 3_600_000 : 3000), notify);
      if (fault === 'duplicate') clock.after(random.below(600_000), notify);
    }
  }
}

const orderOf = (orderId: string | undefined, notes: string, isInvalid = false): Record<string, unknown> =>
  sampleOrder({ ...(orderId === undefined ? {} : { orderId }), notes, ...(isInvalid ? { total: 1 } : {}) });
