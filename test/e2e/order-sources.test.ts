import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../../cli/local/system/eventually';
import { clientConfig } from '../support/client-config';
import { deployExample } from '../support/deploy-example';
import { drain, peek } from '../support/deployed-queues';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { OrdersApi } from '../support/orders-api';

type Send = (...values: (string | Uint8Array)[]) => Promise<unknown>;

/** The local AWS ignores the failure settings of a Kinesis mapping: the unit tests and the tests with real brokers cover retries. */
describe('sources of orders, on a local AWS', () => {
  let local: LocalAws;
  let api: OrdersApi;
  let outputs: Record<string, string>;
  beforeAll(async () => {
    local = await startLocalAws();
    outputs = await deployExample(join(__dirname, 'order-sources'), 'Sources', local);
    api = await OrdersApi.of(local, outputs);
  }, 300_000);
  afterAll(() => local?.stop());

  const textOf = (value: string | Uint8Array): string => Buffer.from(value).toString();
  const SENDERS: Record<string, Send> = {
    kinesis: (...values) => new KinesisClient(clientConfig(local)).send(new PutRecordsCommand({
      StreamName: outputs.StreamName, Records: values.map((value) => ({ PartitionKey: 'orders', Data: Buffer.from(value) })),
    })),
    queue: async (...values) => {
      const sqs = new SQSClient(clientConfig(local));
      for (const value of values) await sqs.send(new SendMessageCommand({ QueueUrl: outputs.QueueUrl, MessageBody: textOf(value) }));
    },
    topic: async (...values) => {
      const sns = new SNSClient(clientConfig(local));
      for (const value of values) await sns.send(new PublishCommand({ TopicArn: outputs.TopicArn, Message: textOf(value) }));
    },
  };

  const order = (orderId: string, changes: Record<string, unknown> = {}): string =>
    JSON.stringify({ orderId, customerId: 'c', currency: 'EUR', items: [{ sku: 's', quantity: 1, unitPrice: 5 }], ...changes });
  const statusIs = (orderId: string, status: string) => eventually(`${status} of ${orderId}`, async () => {
    const { body } = await api.get(orderId);
    return body.status === status ? body : undefined;
  });

  test.each(['kinesis', 'queue', 'topic'].map((name, index) => ({ name, index })))('$name: orders are confirmed, wrong ones rejected, and the rest is in the dead-letter queue with its reason', async ({ name, index }) => {
    const id = (suffix: string) => `${name}-${suffix}`;
    const request = JSON.stringify({ metadata: { orderId: id('request'), eventId: id('event') }, data: { order: JSON.parse(order(id('request'))) } });
    await SENDERS[name](order(id('first')), 'poison', order(id('wrong'), { items: [] }), '{"heartbeat":1}', request, order(id('first')), order(id('last')));

    for (const confirmed of ['first', 'request', 'last']) await statusIs(id(confirmed), 'CONFIRMED');
    expect((await statusIs(id('wrong'), 'REJECTED')).rejection.errors).toMatchObject([{ path: '/items', code: 'TOO_SMALL' }]);
    const deadLetters = await eventually('two dead letters', async () => {
      const messages = await peek(local, outputs[`DeadLetters${index}Url`]);
      return messages.length >= 2 ? messages : undefined;
    });
    expect(deadLetters.map(({ MessageAttributes }) => MessageAttributes!.Reason.StringValue).sort()).toEqual([
      expect.stringMatching(/^the record has no order ID, and is not a valid order/), 'the record is not JSON',
    ]);
  });

  test('compressed records of Kinesis are read', async () => {
    await SENDERS.kinesis(gzipSync(order('kinesis-gzip')));
    await statusIs('kinesis-gzip', 'CONFIRMED');
  });

  test('dead letters of a stream are redriven to the function, and those that are still poison remain dead letters', async () => {
    const { Payload } = await new LambdaClient(clientConfig(local)).send(new InvokeCommand({
      FunctionName: outputs.RedriveFunction, Payload: JSON.stringify({ action: 'redrive', queue: 'source-kinesis', dryRun: false }),
    }));
    const response = JSON.parse(Buffer.from(Payload!).toString());
    expect(response.queues).toMatchObject([{ queue: 'source-kinesis', moved: 2, failed: 0 }]);
    expect(await drain(local, outputs.DeadLetters0Url)).toHaveLength(2);
  });
});
