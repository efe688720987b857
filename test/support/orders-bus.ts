import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';

/** A publisher to the bus of a deployed pipeline, such as another system. */
export class OrdersBus {
  private readonly client: EventBridgeClient;

  constructor(local: LocalAws, private readonly name: string, private readonly source = 'orders') {
    this.client = new EventBridgeClient(clientConfig(local));
  }

  /** Publishes an event. */
  public async publish(type: string, metadata: object, data?: unknown): Promise<void> {
    const { FailedEntryCount } = await this.client.send(new PutEventsCommand({
      Entries: [{ EventBusName: this.name, Source: this.source, DetailType: type, Detail: JSON.stringify({ metadata, data }) }],
    }));
    if (FailedEntryCount) throw new Error(`the bus did not accept ${type}`);
  }
}
