import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type ConsumeMessage } from 'amqplib';
import { BATCH_SIZE, ended, type Broker, type Invoke, type Message } from './broker';
import { BrokerProcess, brokerFolder } from './broker-process';
import { eventually } from '../../cli/local/system/eventually';
import { freePort } from '../../cli/local/system/free-port';

const QUEUE = 'orders';
const INSTALLED = '/usr/lib/rabbitmq/lib';

/** RabbitMQ of the system, as a private node with its own port mapper. */
export class RabbitMqBroker implements Broker {
  public readonly name = 'rabbit-mq';
  private process!: BrokerProcess;
  private portMapper!: BrokerProcess;
  private url!: string;

  public async start(): Promise<void> {
    const folder = brokerFolder(this.name);
    const [port, mapperPort, distributionPort] = [await freePort(), await freePort(), await freePort()];
    this.url = `amqp://guest:guest@127.0.0.1:${port}`;
    writeFileSync(join(folder, 'rabbitmq.conf'), `listeners.tcp.1 = 127.0.0.1:${port}\n`);
    writeFileSync(join(folder, 'advanced.config'), '[{kernel, [{inet_dist_use_interface, {127,0,0,1}}]}].\n');
    const env = {
      ERL_EPMD_PORT: String(mapperPort),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      HOME: folder,
      RABBITMQ_NODENAME: `orders-${process.pid}@localhost`,
      RABBITMQ_DIST_PORT: String(distributionPort),
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_LOG_BASE: folder,
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
      RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_PLUGINS_EXPAND_DIR: join(folder, 'plugins'),
    };
    this.portMapper = new BrokerProcess('epmd', mapperPort, ['epmd'], { cwd: folder, env });
    await this.portMapper.start();
    const [version] = readdirSync(INSTALLED).filter((name) => name.startsWith('rabbitmq_server-'));
    this.process = new BrokerProcess('RabbitMQ', port, [join(INSTALLED, version, 'sbin', 'rabbitmq-server')], { cwd: folder, env });
    await this.process.start();
  }

  public async restart(): Promise<void> {
    await this.process.kill();
    await this.process.start();
  }

  public async stop(): Promise<void> {
    await this.process.kill();
    await this.portMapper.kill();
  }

  public async publish(messages: readonly Message[]): Promise<void> {
    const connection = await eventually('a connection', () => connect(this.url));
    const channel = await connection.createConfirmChannel();
    await channel.assertQueue(QUEUE, { durable: true });
    for (const { id, value } of messages) channel.sendToQueue(QUEUE, value, { persistent: true, messageId: id, headers: { source: 'brokers test' } });
    await channel.waitForConfirms();
    await connection.close();
  }

  public async poll(invoke: Invoke, signal: AbortSignal): Promise<void> {
    const connection = await connect(this.url);
    try {
      await ended(signal, (reject) => {
        connection.on('error', reject);
        connection.on('close', () => reject(new Error('closed')));
        consume(connection, invoke).catch(reject);
      });
    } finally {
      connection.removeAllListeners('close');
      await connection.close().catch(() => undefined);
    }
  }
}

async function consume(connection: Awaited<ReturnType<typeof connect>>, invoke: Invoke): Promise<void> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  await channel.assertQueue(QUEUE, { durable: true });
  await channel.prefetch(BATCH_SIZE);
  const received: ConsumeMessage[] = [];
  await channel.consume(QUEUE, (message) => { if (message) received.push(message); });
  for (;;) {
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    const batch = received.splice(0, BATCH_SIZE);
    if (batch.length === 0) {
      // A closed channel throws, which ends the poll.
      await channel.checkQueue(QUEUE);
      continue;
    }
    await invoke(eventOf(batch), batch.length);
    for (const message of batch) channel.ack(message);
  }
}

const headersOf = (headers: object = {}) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { bytes: [...Buffer.from(String(value))] }]));

/** The event of Lambda for Amazon MQ with RabbitMQ. */
const eventOf = (messages: readonly ConsumeMessage[]) => ({
  eventSource: 'aws:rmq',
  eventSourceArn: 'arn:aws:mq:us-east-1:000000000000:broker:orders:b-1',
  rmqMessagesByQueue: {
    [`${QUEUE}::/`]: messages.map(({ content, properties, fields }) => ({
      basicProperties: {
        contentType: properties.contentType ?? null,
        contentEncoding: properties.contentEncoding ?? null,
        headers: headersOf(properties.headers),
        deliveryMode: properties.deliveryMode,
        priority: properties.priority ?? null,
        correlationId: properties.correlationId ?? null,
        replyTo: properties.replyTo ?? null,
        expiration: properties.expiration ?? null,
        messageId: properties.messageId ?? null,
        timestamp: null,
        type: properties.type ?? null,
        userId: properties.userId ?? null,
        appId: properties.appId ?? null,
        clusterId: null,
        bodySize: content.length,
      },
      redelivered: fields.redelivered,
      data: content.toString('base64'),
    })),
  },
});
