import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientConfig } from '../support/client-config';
import { deployExample } from '../support/deploy-example';
import { drain } from '../support/deployed-queues';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { redriveCommand } from '../support/run-command-line';

describe('a pipeline with 40 dead-letter queues, on a local AWS', () => {
  let local: LocalAws;
  let outputs: Record<string, string>;
  beforeAll(async () => {
    local = await startLocalAws();
    outputs = await deployExample(join(__dirname, 'many-dead-letter-queues'), 'ManyQueues', local);
  }, 300_000);
  afterAll(() => local?.stop());

  test('has routes in parameters, within their limit', async () => {
    const { Parameters = [] } = await new SSMClient(clientConfig(local)).send(new GetParametersByPathCommand({ Path: '/', Recursive: true }));
    const sizes = Parameters.filter(({ Value }) => Value!.includes('"routes"')).map(({ Value }) => Value!.length);
    expect(sizes.length).toBeGreaterThan(0);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(4096);
  });

  test('redrives the last of them to its source queue', async () => {
    await new SQSClient(clientConfig(local)).send(new SendMessageCommand({ QueueUrl: outputs.LastDeadLetterQueueUrl, MessageBody: '{"n":1}' }));
    const { status, errors } = await redriveCommand(local, '--stack', 'ManyQueues', '--queue', 'subscriber-30', '--execute');
    expect([status, errors]).toEqual([0, expect.any(String)]);
    expect((await drain(local, outputs.LastQueueUrl)).map(({ Body }) => Body)).toEqual(['{"n":1}']);
  }, 120_000);

  test('lists all of them', async () => {
    const { status, output } = await redriveCommand(local, '--stack', 'ManyQueues', '--list', '--json');
    const queues = JSON.parse(output).queues.map(({ queue }: { queue: string }) => queue);
    expect([status, queues]).toEqual([0, expect.arrayContaining(['orders', 'history', 'subscriber-1', 'subscriber-15', 'subscriber-30'])]);
    expect(queues.length).toBe(39);
  }, 120_000);
});
