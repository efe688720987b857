import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { ActiveMqBroker } from './activemq-broker';
import type { Broker, Invoke } from './broker';
import { DeployedSources, type Outcomes } from './deployed-sources';
import { KafkaBroker } from './kafka-broker';
import { makeMessages, type Messages } from './messages';
import { RabbitMqBroker } from './rabbitmq-broker';
import { eventually } from '../../cli/local/system/eventually';
import { Random } from '../support/random';

/*
 * Sends orders, repeated orders, wrong orders and poison through real brokers, which are killed and restarted meanwhile, and polls them as the event
 * source mappings of Lambda do. Every published message must have one outcome.
 */

const { values } = parseArgs({ options: { only: { type: 'string' }, messages: { type: 'string', default: '1000' }, seed: { type: 'string' } } });
const COUNT = Number(values.messages);
const SEED = Number(values.seed ?? Date.now() % 1_000_000);
const CHUNKS = 10;
/** The chunks after which the broker is killed. */
const RESTARTS = [3, 7];
/** How often the poller crashes after an invocation, before it commits the batch. */
const CRASHES = 0.15;
const BROKERS: readonly Broker[] = [new KafkaBroker(), new RabbitMqBroker(), new ActiveMqBroker()];

interface Counts {
  deliveries: number;
  crashes: number;
  failures: number;
}

/** Polls until the signal, and connects again after each error. */
async function pollUntil(broker: Broker, invoke: Invoke, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await broker.poll(invoke, signal).catch(() => undefined);
    await sleep(300);
  }
}

function invoker(broker: Broker, pipeline: DeployedSources, random: Random, counts: Counts): Invoke {
  return async (event, records) => {
    counts.deliveries += records;
    await pipeline.invoke(broker.name, event).catch((error: Error) => {
      counts.failures++;
      throw error;
    });
    if (!random.chance(CRASHES)) return;
    counts.crashes++;
    throw new Error('the poller crashes before it commits');
  };
}

async function publishWithRestarts(broker: Broker, { all }: Messages): Promise<void> {
  const size = Math.ceil(all.length / CHUNKS);
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    await eventually('a published chunk', async () => {
      await broker.publish(all.slice(chunk * size, (chunk + 1) * size));
      return true;
    });
    if (RESTARTS.includes(chunk + 1)) await broker.restart();
  }
}

const accounted = ({ confirmed, repeated, rejected, deadLettered }: Outcomes): number => confirmed + repeated + rejected + deadLettered;

async function test(broker: Broker, pipeline: DeployedSources): Promise<boolean> {
  const [random, counts, stop] = [new Random(SEED), { deliveries: 0, crashes: 0, failures: 0 }, new AbortController()];
  const messages = makeMessages(COUNT, broker.name, random);
  const startedAt = Date.now();
  await broker.start();
  try {
    const polling = pollUntil(broker, invoker(broker, pipeline, random, counts), stop.signal);
    await publishWithRestarts(broker, messages);
    await eventually(`outcomes of ${broker.name}`, async () => {
      const outcomes = await pipeline.outcomes(broker.name);
      return (accounted(outcomes) >= COUNT && outcomes.underway === 0) || undefined;
    }, 60 + COUNT / 2).catch((error: Error) => console.error(error.message));
    stop.abort();
    await polling;
  } finally {
    stop.abort();
    await broker.stop();
  }
  return report(broker, messages, await pipeline.outcomes(broker.name), { ...counts, seconds: Math.round((Date.now() - startedAt) / 1000) });
}

function report({ name }: Broker, { orders, repeated, wrong, poison }: Messages, outcomes: Outcomes, counts: Counts & { seconds: number }): boolean {
  const expected = { confirmed: orders, repeated, rejected: wrong, deadLettered: poison, underway: 0 };
  const isRight = isDeepStrictEqual(outcomes, expected);
  console.log(`${isRight ? 'ok  ' : 'FAIL'} ${name}: published ${COUNT} = ${outcomes.confirmed} confirmed + ${outcomes.repeated} repeated + ${outcomes.rejected} rejected `
    + `+ ${outcomes.deadLettered} dead-lettered (expected ${orders} + ${repeated} + ${wrong} + ${poison}); ${counts.deliveries} deliveries, `
    + `${counts.crashes} crashes of the poller, ${counts.failures} failed invocations, ${RESTARTS.length} restarts of the broker, ${counts.seconds} s`);
  return isRight;
}

async function main(): Promise<void> {
  console.log(`seed ${SEED}`);
  const pipeline = await DeployedSources.start();
  try {
    const results: boolean[] = [];
    for (const broker of BROKERS.filter(({ name }) => values.only === undefined || name === values.only)) results.push(await test(broker, pipeline));
    process.exitCode = results.length > 0 && results.every(Boolean) ? 0 : 1;
  } finally {
    await pipeline.stop();
  }
}

// The brokers are processes of their own, which end with this one.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

void main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
}).finally(() => process.exit());
