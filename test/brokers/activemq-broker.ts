import { join } from 'node:path';
import { BATCH_SIZE, ended, type Broker, type Invoke, type Message } from './broker';
import { BrokerProcess, brokerFolder, jarsOf } from './broker-process';
import { connectStomp, type StompClient, type StompMessage } from './stomp-client';
import { eventually } from '../../cli/local/system/eventually';
import { freePort } from '../../cli/local/system/free-port';

const QUEUE = 'orders';

/** Apache ActiveMQ with STOMP. */
export class ActiveMqBroker implements Broker {
  public readonly name = 'active-mq';
  private process!: BrokerProcess;
  private port!: number;

  public async start(): Promise<void> {
    this.port = await freePort();
    const folder = brokerFolder(this.name);
    const command = ['java', '-Xmx400m', '-cp', await jarsOf('activemq'), join(__dirname, 'activemq', 'RunBroker.java'), String(this.port), join(folder, 'data')];
    this.process = new BrokerProcess('ActiveMQ', this.port, command, { cwd: folder });
    await this.process.start();
  }

  public async restart(): Promise<void> {
    await this.process.kill();
    await this.process.start();
  }

  public stop = (): Promise<void> => this.process.kill();

  /** Every second message is a JMS bytes message, and those that are not text. */
  public async publish(messages: readonly Message[]): Promise<void> {
    const client = await eventually('a connection', () => connectStomp(this.port));
    for (const [index, { value }] of messages.entries()) await client.send(QUEUE, value, { isText: index % 2 === 0 && isText(value), source: 'brokers test' });
    await client.disconnect();
  }

  public async poll(invoke: Invoke, signal: AbortSignal): Promise<void> {
    const client = await connectStomp(this.port);
    try {
      await ended(signal, (reject) => {
        client.onError(reject);
        consume(client, invoke).catch(reject);
      });
    } finally {
      client.destroy();
    }
  }
}

/** The value of a text message ends at a NUL. */
const isText = (value: Buffer): boolean => !value.includes(0) && Buffer.from(value.toString()).equals(value);

async function consume(client: StompClient, invoke: Invoke): Promise<void> {
  const received: StompMessage[] = [];
  client.subscribe(QUEUE, BATCH_SIZE, (message) => received.push(message));
  while (!client.isClosed) {
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    const batch = received.splice(0, BATCH_SIZE);
    if (batch.length === 0) continue;
    await invoke(eventOf(batch), batch.length);
    for (const message of batch) message.ack();
  }
}

/** Headers of STOMP that are not properties of the message. */
const OWN_HEADERS = ['message-id', 'destination', 'timestamp', 'expires', 'priority', 'subscription', 'redelivered', 'content-length', 'persistent', 'ack', 'receipt'];

/** The event of Lambda for Amazon MQ with ActiveMQ. */
const eventOf = (messages: readonly StompMessage[]) => ({
  eventSource: 'aws:mq',
  eventSourceArn: 'arn:aws:mq:us-east-1:000000000000:broker:orders:b-1',
  messages: messages.map(({ headers, body }) => ({
    messageID: headers['message-id'],
    messageType: headers['content-length'] === undefined ? 'jms/text-message' : 'jms/bytes-message',
    deliveryMode: 1,
    replyTo: null,
    type: null,
    expiration: '0',
    priority: Number(headers.priority ?? 4),
    correlationId: null,
    redelivered: headers.redelivered === 'true',
    destination: { physicalName: QUEUE },
    data: body.toString('base64'),
    timestamp: Number(headers.timestamp),
    brokerInTime: Number(headers.timestamp),
    brokerOutTime: Date.now(),
    properties: Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.includes(name))),
  })),
});
