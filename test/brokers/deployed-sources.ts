import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { clientConfig } from '../support/client-config';
import { deployExample } from '../support/deploy-example';
import { drain } from '../support/deployed-queues';
import { startLocalAws, type LocalAws } from '../support/local-aws';

/** What became of the records of a source. */
export interface Outcomes {
  readonly confirmed: number;
  /** Commands of orders that were placed before with the same content. */
  readonly repeated: number;
  readonly rejected: number;
  /** Different records in the dead-letter queue. */
  readonly deadLettered: number;
  /** Orders whose commands are not all applied yet. */
  readonly underway: number;
}

/** The pipeline of `app.ts` on a local AWS. */
export class DeployedSources {
  public static async start(): Promise<DeployedSources> {
    const local = await startLocalAws({ log: console.log });
    try {
      return new DeployedSources(local, await deployExample(__dirname, 'Brokers', local));
    } catch (error) {
      await local.stop();
      throw error;
    }
  }

  private readonly lambda: LambdaClient;
  private readonly table: DynamoDBDocumentClient;
  private readonly deadLetters = new Map<string, Map<string, string>>();

  private constructor(public readonly local: LocalAws, private readonly outputs: Record<string, string>) {
    this.lambda = new LambdaClient(clientConfig(local));
    this.table = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(local)));
  }

  public stop = (): Promise<void> => this.local.stop();

  /** Invokes the function of a source as an event source mapping does. */
  public async invoke(source: string, event: object): Promise<void> {
    const { FunctionError, Payload } = await this.lambda.send(new InvokeCommand({ FunctionName: this.output(source, 'Function'), Payload: JSON.stringify(event) }));
    if (FunctionError) throw new Error(`${FunctionError}: ${Buffer.from(Payload ?? []).toString()}`);
  }

  /** Counts what became of the records of a source. */
  public async outcomes(source: string): Promise<Outcomes> {
    const isOfSource = ({ orderId }: Record<string, unknown>) => String(orderId).startsWith(`${source}-`);
    const [orders, sequence] = [(await this.scan('OrdersTable')).filter(isOfSource), (await this.scan('SequenceTable')).filter(isOfSource)];
    const commands = Map.groupBy(sequence, ({ orderId }) => orderId);
    const withStatus = (status: string) => orders.filter((order) => order.status === status);
    const confirmed = withStatus('CONFIRMED');
    return {
      confirmed: confirmed.length,
      repeated: confirmed.reduce((sum, { orderId }) => sum + commands.get(orderId)!.length - 1, 0),
      rejected: withStatus('REJECTED').length,
      deadLettered: (await this.reasons(source)).size,
      underway: [...commands].filter(([id, { length }]) => orders.find(({ orderId }) => orderId === id)?.sequence !== length).length,
    };
  }

  /** The reasons of the dead deadLetters of a source, by the position of the record. */
  public async reasons(source: string): Promise<ReadonlyMap<string, string>> {
    const deadLetters = this.deadLetters.get(source) ?? new Map<string, string>();
    this.deadLetters.set(source, deadLetters);
    for (const { Body, MessageAttributes } of await drain(this.local, this.output(source, 'DeadLettersUrl'))) {
      deadLetters.set(JSON.stringify(JSON.parse(Body!).sourceRecord.position), MessageAttributes!.Reason.StringValue!);
    }
    return deadLetters;
  }

  private output(source: string, name: string): string {
    return this.outputs[`${source.split('-').map((word) => word[0].toUpperCase() + word.slice(1)).join('')}${name}`];
  }

  private async scan(table: string): Promise<Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    const pages = paginateScan({ client: this.table }, { TableName: this.outputs[table], ConsistentRead: true });
    for await (const { Items = [] } of pages) items.push(...Items);
    return items;
  }
}
