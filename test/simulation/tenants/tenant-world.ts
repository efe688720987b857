import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Tenant, TenantRequest } from './tenant-requests';
import { apiRequest } from '../../support/api-request';
import { s3Notification } from '../../support/file-notification';
import { Account, type Loaded } from '../account';
import { Clock } from '../clock';
import { EventLoop } from '../event-loop';
import { ExpirySchedule } from '../expiry-schedule';
import { Faults } from '../faults';
import { RandomStreams } from '../random-streams';
import type { World } from '../requests';
import { current } from '../runtime';
import { TimeToLive } from '../time-to-live';
import { Trace } from '../trace';

/** An answer of a function. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of all routes
  readonly body: any;
}

const SECOND = 1000;

/** A pipeline with tenants. Each request is processed to its end before the next one, so that what a tenant sees depends on requests alone. */
export class TenantWorld {
  readonly account: Account;
  private readonly world: World;
  private readonly eventLoop: EventLoop;

  constructor(seed: number, loaded: Loaded, private readonly hasTenants = true) {
    const clock = new Clock();
    this.world = {
      clock, randomStreams: new RandomStreams(seed), faults: new Faults([], () => clock.now), trace: new Trace(), violations: [],
    };
    Object.assign(current, this.world);
    this.account = new Account(this.world, loaded, loaded.deployments[hasTenants ? 'tenants' : 'one tenant']);
    this.eventLoop = new EventLoop(this.world, new ExpirySchedule(this.world, this.account), new TimeToLive(this.world, this.account, 0));
  }

  /** Sends a request and waits until the pipeline is idle. Returns the answer, if the request has one. */
  async send(request: TenantRequest): Promise<Answer | undefined> {
    this.world.clock.now += SECOND;
    switch (request.kind) {
      case 'place': return this.call('receive-order', request.tenant, { httpMethod: 'POST', body: request.order, key: request.key });
      case 'change': return this.call('receive-order-change', request.tenant, { httpMethod: 'PATCH', body: request.patch, ...request });
      case 'cancel': return this.call('receive-order-cancellation', request.tenant, { httpMethod: 'POST', body: { reason: 'too late' }, ...request });
      case 'publish': return this.idleAfter(() => { this.publish(request); });
      case 'file': return this.idleAfter(() => { this.upload(request); });
      case 'send poison message': return this.idleAfter(() => { this.sendPoisonMessage(request); });
      case 'redrive': return this.redrive('redrive', request.tenant);
    }
  }

  /** Calls the API as a tenant, with its claims as a Cognito authorizer passes them. */
  call(name: string, tenant: Tenant | 'operator', { body, orderId, ifMatch, key, ...changes }: CallOptions): Promise<Answer> {
    const claims = tenant === 'operator' ? { 'sub': 'operator', 'cognito:groups': 'operators' } : { sub: 'user-1', tenant };
    return this.invoke(name, apiRequest({
      ...(orderId === undefined ? {} : { pathParameters: { orderId } }),
      ...changes,
      body: body === undefined ? null : JSON.stringify(body),
      headers: {
        'Content-Type': 'application/json',
        ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      requestContext: { requestId: `request-${this.world.clock.now}`, authorizer: { claims } },
    }));
  }

  /** Lists or moves the dead letters of a tenant. */
  redrive(action: 'list' | 'redrive', tenant: Tenant): Promise<Answer> {
    return this.invoke('redrive-dead-letters', { action, ...(action === 'redrive' ? { dryRun: false } : {}), ...(this.hasTenants ? { tenant } : {}) });
  }

  /** Whether an event is about an order or a file of a tenant. */
  isOf(tenant: Tenant, metadata: { readonly tenant?: string } | undefined): boolean {
    return metadata?.tenant === (this.hasTenants ? tenant : undefined);
  }

  /** Invokes a function, and waits until the pipeline is idle. */
  async invoke(name: string, event: object | APIGatewayProxyEvent): Promise<Answer> {
    let answer: Answer = { status: 0, body: undefined };
    await this.idleAfter(() => {
      this.account.functions[name].invoke(event, ({ value, error }) => {
        const { statusCode, body } = (value ?? {}) as Partial<APIGatewayProxyResult>;
        answer = statusCode === undefined
          ? { status: error === undefined ? 200 : 500, body: value ?? error }
          : { status: statusCode, body: JSON.parse(body!) };
      });
    });
    return answer;
  }

  private async idleAfter(action: () => void): Promise<undefined> {
    this.world.clock.after(0, action);
    await this.eventLoop.run();
    return undefined;
  }

  private publish({ tenant, type, eventId, orderId, data }: Extract<TenantRequest, { kind: 'publish' }>): void {
    const metadata = { eventId, orderId, ...(this.hasTenants ? { tenant } : {}) };
    this.account.bus.putEvents({ Entries: [{ EventBusName: 'Bus', Source: 'orders', DetailType: type, Detail: JSON.stringify({ metadata, data }) }] });
  }

  private upload({ tenant, name, orders }: Extract<TenantRequest, { kind: 'file' }>): void {
    const { s3, queues, deployment: { notifications } } = this.account;
    const key = this.hasTenants ? `incoming/${tenant}/${name}` : `incoming/${name}`;
    const body = s3Notification(s3.upload(key, orders.map((order) => JSON.stringify(order)).join('\n')));
    for (const { queue, prefix } of notifications) if (key.startsWith(prefix)) queues[queue].send({ MessageBody: body });
  }

  /** In the message group of an order, as a command of the tenant would be. */
  private sendPoisonMessage({ tenant, orderId }: Extract<TenantRequest, { kind: 'send poison message' }>): void {
    const id = String(this.world.clock.now);
    this.account.ordersQueue.send({ MessageBody: '{"note":"poison"}', MessageGroupId: this.hasTenants ? `${tenant}/${orderId}` : orderId, MessageDeduplicationId: id });
  }
}

interface CallOptions {
  readonly body?: object;
  readonly orderId?: string;
  readonly ifMatch?: number;
  readonly key?: string;
  readonly [change: string]: unknown;
}
