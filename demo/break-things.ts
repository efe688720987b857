import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AT_ITS_END, BURST, IN_THE_OUTAGE, NEIGHBOURS, POISON, POISON_EVENT, type BrokenRequest } from './breakage-scenario';
import { STACK, type Deployed } from './deployed';
import { follow } from './follow';
import { sendAll, type Answered, type Settled } from './requests';
import type { Stopwatch } from './stopwatch';
import { ThrottledTables } from './throttled-tables';
import { clientConfig } from '../test/support/deploy-example';
import { deployedFunction } from '../test/support/deployed-function';
import { setVisibilityTimeout, visibilityTimeoutOf } from '../test/support/deployed-queues';
import { eventually } from '../test/support/eventually';
import { redriveCommand } from '../test/support/redrive-command';

/** What became of everything that met trouble. */
export interface Breakage {
  /** Before anybody put things right. */
  readonly before: readonly Settled<BrokenRequest>[];
  readonly after: readonly Settled<BrokenRequest>[];
  /** What the command `redrive` printed: what is in the dead-letter queues, and what it did with it. */
  readonly listed: string;
  readonly moved: string;
}

/** Seconds between two attempts at an order. As deployed it is minutes, for which nobody wants to wait here. */
const SOON = 3;

/** Fourth chapter: a burst of duplicates, poison, and a table that throttles until orders end in a dead-letter queue; then the way back. */
export async function breakThings(deployed: Deployed, stopwatch: Stopwatch): Promise<Breakage> {
  const { observer } = deployed;
  const sent: Answered<BrokenRequest>[] = [];
  const send = async (requests: readonly BrokenRequest[]) => {
    sent.push(...await sendAll(deployed.api, requests, 'broken', sent.length + 1));
  };
  const settle = () => follow(observer, sent, (each) => observer.settle(each));

  await stopwatch.step('burst', `a burst of duplicates: ${BURST.length} requests`, async () => {
    await send(BURST);
    await settle();
  });
  await stopwatch.step('poison', 'poison in a queue and on the bus, with orders beside it', async () => {
    sent.push(await poisonQueue(deployed), await poisonBus(deployed));
    await send(NEIGHBOURS);
    await settle();
  });
  const before = await stopwatch.step('outage', 'the orders table throttles, until orders are in the dead-letter queue; then it answers again', async () => {
    await whileTablesThrottle(deployed, async (tables) => {
      await send(IN_THE_OUTAGE);
      await settle();
      await send(AT_ITS_END);
      await eventually('the first attempts', async () => AT_ITS_END.every(({ order }) => tables.hasRefused((order as { orderId: string }).orderId)) || undefined);
    });
    return settle();
  });
  const listed = await stopwatch.step('list', 'npx cdk-order-pipeline redrive --list', () => redrive(deployed, '--list'));
  return stopwatch.step('redrive', 'npx cdk-order-pipeline redrive --execute, and following what it moved', async () => {
    const moved = await redrive(deployed, '--execute');
    return { before, listed, moved, after: await settle() };
  });
}

async function redrive({ local }: Deployed, action: string): Promise<string> {
  const { status, output, errors } = await redriveCommand(local, '--stack', STACK, action);
  if (status !== 0) throw new Error(`cdk-order-pipeline redrive ${action} ended with ${status}: ${errors || output}`);
  return output;
}

/** The function that processes orders meets tables that throttle, and tries again soon. */
async function whileTablesThrottle({ local, observer }: Deployed, work: (tables: ThrottledTables) => Promise<void>): Promise<void> {
  const { url } = observer.queue('OrdersProcessorProcessingQueue');
  const usual = await visibilityTimeoutOf(local, url);
  await setVisibilityTimeout(local, url, SOON);
  const tables = await ThrottledTables.before(local, await deployedFunction(local, STACK, 'OrdersProcessorProcessOrder'));
  try {
    await work(tables);
  } finally {
    await tables.end();
    await setVisibilityTimeout(local, url, usual);
  }
}

/** SQS took it: it must not be lost either. */
const ACCEPTED = 202;

async function poisonQueue({ local, observer }: Deployed): Promise<Answered<BrokenRequest>> {
  const correlationId = 'poison-1';
  await new SQSClient(clientConfig(local)).send(new SendMessageCommand({
    QueueUrl: observer.queue('OrdersIngestOrdersQueue').url,
    MessageBody: `"${correlationId}"${POISON.order as string}`,
    MessageGroupId: 'somebody',
    MessageDeduplicationId: correlationId,
  }));
  return { request: POISON, correlationId, status: ACCEPTED };
}

async function poisonBus({ bus }: Deployed): Promise<Answered<BrokenRequest>> {
  const correlationId = 'poison-2';
  await bus.say('OrderValidated', { correlationId }, POISON_EVENT.order);
  return { request: POISON_EVENT, correlationId, status: ACCEPTED };
}
