import { deployExample } from './deploy-example';
import { deployedQueues, drain, type DeployedQueue } from './deployed-queues';
import { eventually } from './eventually';
import { startLocalAws, type LocalAws } from './local-aws';
import { OrdersApi } from './orders-api';

/** An event as the bus delivered it. */
export interface DeliveredEvent {
  readonly 'source': string;
  readonly 'detail-type': string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever came
  readonly 'detail': { readonly metadata: Record<string, any>; readonly data: Record<string, any> };
}

/** `examples/full`, deployed to a local AWS of its own. */
export class DeployedPipeline {
  public static async start(example = 'full', stackName = 'FullOrders'): Promise<DeployedPipeline> {
    const local = await startLocalAws();
    try {
      const outputs = await deployExample(example, stackName, local);
      return new DeployedPipeline(local, stackName, outputs, await OrdersApi.of(local, outputs));
    } catch (error) {
      await local.stop();
      throw error;
    }
  }

  private readonly events: DeliveredEvent[] = [];

  private constructor(
    public readonly local: LocalAws,
    private readonly stackName: string,
    public readonly outputs: Record<string, string>,
    public readonly api: OrdersApi,
  ) {}

  public stop(): Promise<void> {
    return this.local.stop();
  }

  /** Everything that the bus has delivered since the deployment and that has to do with one order. */
  public async eventsOf(orderId: string): Promise<DeliveredEvent[]> {
    await this.listen();
    return this.events.filter(({ detail }) => detail.metadata.orderId === orderId);
  }

  /** Waits until the bus has delivered at least so many events of one type with a correlation id, and gives all of them. */
  public eventsOfAll(type: string, correlationId: string, count: number): Promise<DeliveredEvent[]> {
    return eventually(`${count} × ${type}`, async () => {
      await this.listen();
      const found = this.events.filter((event) => event['detail-type'] === type && event.detail.metadata.correlationId === correlationId);
      return found.length >= count ? found : undefined;
    }, 180);
  }

  private async listen(): Promise<void> {
    const messages = await drain(this.local, this.outputs.EventLogQueueUrl);
    this.events.push(...messages.map(({ Body }) => JSON.parse(Body!) as DeliveredEvent));
  }

  /** The queue whose name begins with a construct's, such as `OrdersProcessorProcessingQueue`. */
  public async queue(name: string): Promise<DeployedQueue> {
    const queues = await deployedQueues(this.local, this.stackName);
    const found = queues.find((queue) => queue.name === name);
    if (!found) throw new Error(`no queue ${name}; there are ${queues.map((queue) => queue.name).join(', ')}`);
    return found;
  }

  /** Waits until nothing is on its way any more. */
  public quiet(): Promise<true> {
    return eventually('the queues to run empty', async () => {
      const queues = await deployedQueues(this.local, this.stackName);
      const listeners = [this.outputs.EventLogQueueUrl, this.outputs.LargeOrdersQueueUrl, this.outputs.AlertsQueueUrl];
      const busy = queues.filter(({ url, depth, isDeadLetterQueue }) => !isDeadLetterQueue && depth > 0 && !listeners.includes(url));
      return busy.length === 0 || undefined;
    });
  }

  /** Waits until an order has a status. */
  public status(orderId: string, status: string): Promise<Awaited<ReturnType<OrdersApi['get']>>> {
    return eventually(`order ${orderId} to be ${status}`, async () => {
      const answer = await this.api.get(orderId);
      return answer.body.status === status ? answer : undefined;
    });
  }

  /** Waits until an order has a version. */
  public version(orderId: string, version: number): Promise<Awaited<ReturnType<OrdersApi['get']>>> {
    return eventually(`order ${orderId} to have version ${version}`, async () => {
      const answer = await this.api.get(orderId);
      return answer.body.version === version ? answer : undefined;
    });
  }

  /** Waits until the bus has delivered an event of one type about an order. */
  public event(orderId: string, type: string): Promise<DeliveredEvent> {
    return eventually(`${type} of ${orderId}`, async () => (await this.eventsOf(orderId)).find((event) => event['detail-type'] === type));
  }
}
