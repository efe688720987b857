import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel, type EachBatchPayload, type KafkaMessage } from 'kafkajs';
import { BATCH_SIZE, type Broker, type Invoke, type Message } from './broker';
import { BrokerProcess, brokerFolder, jarsOf } from './broker-process';
import { eventually } from '../../cli/local/system/eventually';
import { freePort } from '../../cli/local/system/free-port';
import { run } from '../../cli/local/system/run-program';

const TOPIC = 'orders';
const PARTITIONS = 3;

/** Apache Kafka: one node in KRaft mode. */
export class KafkaBroker implements Broker {
  public readonly name = 'kafka';
  private process!: BrokerProcess;
  private kafka!: Kafka;

  public async start(): Promise<void> {
    const [folder, classPath, port, controllerPort] = [brokerFolder(this.name), await jarsOf('kafka'), await freePort(), await freePort()];
    const config = join(folder, 'server.properties');
    writeFileSync(config, Object.entries({
      'process.roles': 'broker,controller',
      'node.id': 1,
      'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
      'listeners': `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      'controller.listener.names': 'CONTROLLER',
      'log.dirs': join(folder, 'data'),
      'offsets.topic.replication.factor': 1,
      'transaction.state.log.replication.factor': 1,
      'group.initial.rebalance.delay.ms': 0,
    }).map(([key, value]) => `${key}=${value}`).join('\n'));
    const java = (...args: string[]) => ['java', '-Xmx400m', '-cp', classPath, ...args];
    const [command, ...format] = java('kafka.tools.StorageTool', 'format', '-t', randomBytes(16).toString('base64url'), '-c', config);
    await run(command, format, { cwd: folder });
    this.process = new BrokerProcess('Kafka', port, java('kafka.Kafka', config), { cwd: folder });
    await this.process.start();
    this.kafka = new Kafka({ brokers: [`127.0.0.1:${port}`], logLevel: logLevel.NOTHING, retry: { retries: 3 } });
    await eventually('the topic', async () => {
      const admin = this.kafka.admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: PARTITIONS, replicationFactor: 1 }], waitForLeaders: true });
      await admin.disconnect();
      return true;
    });
  }

  public async restart(): Promise<void> {
    await this.process.kill();
    await this.process.start();
  }

  public stop = (): Promise<void> => this.process.kill();

  public async publish(messages: readonly Message[]): Promise<void> {
    const producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    await producer.send({
      topic: TOPIC, acks: -1, messages: messages.map(({ orderId, value }) => ({ key: orderId, value, headers: { source: 'brokers test' } })),
    });
    await producer.disconnect();
  }

  public async poll(invoke: Invoke, signal: AbortSignal): Promise<void> {
    const consumer = this.kafka.consumer({ groupId: 'receive-source-orders', sessionTimeout: 10_000, maxWaitTimeInMs: 200 });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => resolve());
        consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
        consumer.run({ autoCommit: false, eachBatch: (batch) => consumeBatch(consumer, batch, invoke) }).catch(reject);
      });
    } finally {
      await Promise.race([consumer.disconnect(), new Promise((resolve) => { setTimeout(resolve, 5000).unref(); })]).catch(() => undefined);
    }
  }
}

type Consumer = ReturnType<Kafka['consumer']>;

async function consumeBatch(consumer: Consumer, { batch, heartbeat, isStale, isRunning }: EachBatchPayload, invoke: Invoke): Promise<void> {
  const { topic, partition, messages } = batch;
  for (let at = 0; at < messages.length && isRunning() && !isStale(); at += BATCH_SIZE) {
    const some = messages.slice(at, at + BATCH_SIZE);
    await invoke(eventOf(topic, partition, some), some.length);
    await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(some.at(-1)!.offset) + 1n) }]);
    await heartbeat();
  }
}

/** The event of Lambda for a self-managed Kafka. */
const eventOf = (topic: string, partition: number, messages: readonly KafkaMessage[]) => ({
  eventSource: 'SelfManagedKafka',
  bootstrapServers: '127.0.0.1:9092',
  records: {
    [`${topic}-${partition}`]: messages.map(({ key, value, offset, timestamp, headers = {} }) => ({
      topic,
      partition,
      offset: Number(offset),
      timestamp: Number(timestamp),
      timestampType: 'CREATE_TIME',
      key: key?.toString('base64'),
      value: value?.toString('base64'),
      headers: Object.entries(headers).map(([name, bytes]) => ({ [name]: [...Buffer.from(bytes as Buffer)] })),
    })),
  },
});
