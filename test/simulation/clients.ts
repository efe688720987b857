import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Account } from './account';
import type { Ask } from './asks';
import { LARGE_ITEMS, LARGE_PATCH } from './large-orders';
import { cross, type World } from './network';
import { apiRequest } from '../support/api-request';
import { s3Notification } from '../support/file-notification';
import { sampleOrder } from '../support/sample-order';

const MOST_TRIES = 6;
const OUTSIDE = { name: 'outside', isDead: false, crash: () => undefined };

interface Headers {
  readonly orderId?: string;
  readonly ifMatch?: number;
  readonly key?: string;
}

/** Whoever uses the pipeline. They try again when they get no answer, under the same correlation id. */
export class Clients {
  /** The last answer to every request, by the number of its ask. */
  readonly answers = new Map<number, number>();

  constructor(private readonly world: World, private readonly account: Account) {}

  /** Does everything that is asked, each when its time has come. */
  start(asks: readonly Ask[]): void {
    for (const ask of asks) this.world.clock.after(ask.at, () => { this.do(ask); });
  }

  private do(ask: Ask): void {
    switch (ask.kind) {
      case 'file': return this.upload(ask);
      case 'say': return void this.say(ask);
      case 'place': return this.request(ask.id, 'receive-order', { key: ask.key }, { ...orderOf(ask.orderId, ask.notes, ask.isWrong), ...ask.isLarge ? LARGE_ITEMS : {} });
      case 'redrive': return this.redrive(ask);
      case 'garbage': return this.litter(ask.id, ask.orderId);
      case 'place malformed': return this.request(ask.id, 'receive-order', {}, { ...orderOf(ask.orderId, ''), items: [] });
      case 'change': return this.request(ask.id, 'receive-order-change', ask, ask.isLarge ? LARGE_PATCH : ask.patch);
      case 'cancel': return this.request(ask.id, 'receive-order-cancellation', ask, { reason: ask.reason });
    }
  }

  private request(id: number, name: string, { orderId, ifMatch, key }: Headers, body: unknown, tries = 1): void {
    const request: APIGatewayProxyEvent = apiRequest({
      body: JSON.stringify(body),
      pathParameters: orderId === undefined ? null : { orderId },
      headers: {
        'Content-Type': 'application/json',
        'X-Correlation-Id': `ask-${id}`,
        ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
    });
    this.account.functions[name].invoke(request, ({ value }) => {
      const { statusCode } = (value as APIGatewayProxyResult | undefined) ?? { statusCode: 502 };
      this.answers.set(id, statusCode);
      if (statusCode < 500 || tries === MOST_TRIES) return;
      this.world.clock.after(1000 * 2 ** tries, () => { this.request(id, name, { orderId, ifMatch, key }, body, tries + 1); });
    });
  }

  /** Somebody puts what is no command into the orders queue. */
  private litter(id: number, MessageGroupId: string): void {
    this.account.ordersQueue.send({ MessageBody: `{"note":"poison-${id}"}`, MessageGroupId, MessageDeduplicationId: String(id) });
  }

  private async say({ type, metadata, data }: Extract<Ask, { kind: 'say' }>): Promise<void> {
    const Entries = [{ EventBusName: 'Bus', Source: 'orders', DetailType: type, Detail: JSON.stringify({ metadata, data }) }];
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      try {
        await cross(this.world, OUTSIDE, 'PutEvents', () => this.account.bus.putEvents({ Entries }));
        return;
      } catch {
        await this.world.clock.sleep(1000 * 2 ** tries);
      }
    }
  }

  /** One after the other, or several at once by people who do not know of each other. */
  private redrive({ calls, request }: Extract<Ask, { kind: 'redrive' }>): void {
    const random = this.world.chances.of('redrive');
    for (let call = 0; call < calls; call++) this.world.clock.after(random.below(random.pick([20, 5000])), () => { this.account.redrive(request); });
  }

  private upload({ id, lines, erasedAfter }: Extract<Ask, { kind: 'file' }>): void {
    const { clock, faults, chances } = this.world;
    const key = `incoming/file-${id}.ndjson`;
    const text = lines.map(({ orderId, notes, isWrong }) => JSON.stringify(orderOf(orderId, notes, isWrong))).join('\n');
    const body = s3Notification(this.account.s3.upload(key, text));
    if (erasedAfter !== undefined) clock.after(erasedAfter, () => { this.account.s3.erase(key); });
    const fault = faults.at('s3: notification');
    for (const { prefix, queue } of this.account.deployment.notifications) {
      if (!key.startsWith(prefix)) continue;
      const notify = () => { this.account.queues[queue].send({ MessageBody: body }); };
      clock.after(chances.of('s3').below(fault === 'late' ? 3_600_000 : 3000), notify);
      if (fault === 'duplicate') clock.after(chances.of('s3').below(600_000), notify);
    }
  }
}

const orderOf = (orderId: string | undefined, notes: string, isWrong = false): Record<string, unknown> =>
  sampleOrder({ ...(orderId === undefined ? {} : { orderId }), notes, ...(isWrong ? { total: 1 } : {}) });
