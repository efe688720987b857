import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { clientConfig } from './deploy-example';
import type { LocalAws } from './local-aws';

/** The bus of a deployed pipeline, as another system would use it. */
export class OrdersBus {
  private readonly client: EventBridgeClient;

  constructor(local: LocalAws, private readonly name: string, private readonly source = 'orders') {
    this.client = new EventBridgeClient(clientConfig(local));
  }

  /** Says something about an order. */
  public async say(type: string, metadata: object, data?: unknown): Promise<void> {
    const { FailedEntryCount } = await this.client.send(new PutEventsCommand({
      Entries: [{ EventBusName: this.name, Source: this.source, DetailType: type, Detail: JSON.stringify({ metadata, data }) }],
    }));
    if (FailedEntryCount) throw new Error(`the bus did not take ${type}`);
  }
}
