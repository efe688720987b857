import { assertContract } from './assert-contract';
import { deployExample } from './deploy-example';
import { DeployedFiles } from './deployed-files';
import { deployedQueues, drain, type DeployedQueue } from './deployed-queues';
import { startLocalAws, type LocalAws, type LocalAwsOptions } from './local-aws';
import { OrdersApi, type ApiResponse } from './orders-api';
import { OrdersBus } from './orders-bus';
import { eventually } from '../../cli/local/system/eventually';

/** An event, as the bus delivered it. */
export interface DeliveredEvent {
  readonly 'source': string;
  readonly 'detail-type': string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any event
  readonly 'detail': { readonly metadata: Record<string, any>; readonly facts: Record<string, any>; readonly data: Record<string, any> };
}

/** An example, by default `examples/full`, deployed to its own local AWS. */
export class DeployedPipeline {
  public static async start(example = 'full', stackName = 'FullOrders', options: LocalAwsOptions = {}): Promise<DeployedPipeline> {
    const local = await startLocalAws(options);
    try {
      const outputs = await deployExample(example, stackName, local);
      return new DeployedPipeline(local, stackName, outputs, await OrdersApi.of(local, outputs));
    } catch (error) {
      await local.stop();
      throw error;
    }
  }

  public readonly bus: OrdersBus;
  public readonly files: DeployedFiles;
  private readonly events: DeliveredEvent[] = [];

  private constructor(
    public readonly local: LocalAws,
    private readonly stackName: string,
    public readonly outputs: Record<string, string>,
    public readonly api: OrdersApi,
  ) {
    this.bus = new OrdersBus(local, outputs.EventBusName);
    this.files = DeployedFiles.of(local, outputs, api);
  }

  public stop(): Promise<void> {
    return this.local.stop();
  }

  /** Returns all events about an order since the deployment. */
  public async eventsOf(orderId: string): Promise<DeliveredEvent[]> {
    await this.receiveEvents();
    return this.events.filter(({ detail }) => detail.metadata.orderId === orderId);
  }

  /** Waits until the bus has delivered at least `count` events of one type with a correlation ID. Returns all of them. */
  public waitForEvents(type: string, correlationId: string, count: number): Promise<DeliveredEvent[]> {
    return eventually(`${count} × ${type}`, async () => {
      await this.receiveEvents();
      const found = this.events.filter((event) => event['detail-type'] === type && event.detail.metadata.correlationId === correlationId);
      return found.length >= count ? found : undefined;
    }, 180);
  }

  private async receiveEvents(): Promise<void> {
    const messages = await drain(this.local, this.outputs.EventLogQueueUrl);
    const events = messages.map(({ Body }) => JSON.parse(Body!) as DeliveredEvent);
    events.forEach(assertContract);
    this.events.push(...events);
  }

  /** Returns the queue with a name such as `OrdersProcessorProcessingQueue`. */
  public async queue(name: string): Promise<DeployedQueue> {
    const queues = await deployedQueues(this.local, this.stackName);
    const found = queues.find((queue) => queue.name === name);
    if (!found) throw new Error(`no queue ${name}; the queues are ${queues.map((queue) => queue.name).join(', ')}`);
    return found;
  }

  /** Waits until all queues of the pipeline are empty. */
  public waitUntilIdle(): Promise<true> {
    return eventually('empty queues', async () => {
      const queues = await deployedQueues(this.local, this.stackName);
      const subscribers = [this.outputs.EventLogQueueUrl, this.outputs.LargeOrdersQueueUrl, this.outputs.AlertsQueueUrl];
      const busy = queues.filter(({ url, depth, isDeadLetterQueue }) => !isDeadLetterQueue && depth > 0 && !subscribers.includes(url));
      return busy.length === 0 || undefined;
    });
  }

  /** Waits until an order has a status. */
  public waitForStatus(orderId: string, status: string): Promise<ApiResponse> {
    return this.waitForOrder(orderId, 'status', status);
  }

  /** Waits until an order has a version. */
  public waitForVersion(orderId: string, version: number): Promise<ApiResponse> {
    return this.waitForOrder(orderId, 'version', version);
  }

  /** Waits until the bus has delivered an event of one type about an order. */
  public waitForEvent(orderId: string, type: string): Promise<DeliveredEvent> {
    return eventually(`${type} of order ${orderId}`, async () => (await this.eventsOf(orderId)).find((event) => event['detail-type'] === type));
  }

  private waitForOrder(orderId: string, field: 'status' | 'version', value: string | number): Promise<ApiResponse> {
    return eventually(`${field} ${value} of order ${orderId}`, async () => {
      const response = await this.api.get(orderId);
      return response.body[field] === value ? response : undefined;
    });
  }
}
