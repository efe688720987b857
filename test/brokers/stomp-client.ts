import { connect, type Client, type StompFrame } from 'stompit';

/** A message of a subscription. */
export interface StompMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  ack(): void;
}

/** A connection to a broker, with promises. */
export class StompClient {
  public isClosed = false;
  private readonly listeners: ((error: Error) => void)[] = [];

  constructor(private readonly client: Client) {
    const fail = (error?: Error) => {
      this.isClosed = true;
      for (const listener of this.listeners) listener(error ?? new Error('closed'));
    };
    client.on('error', fail);
    client.on('close', () => fail());
  }

  public onError(listener: (error: Error) => void): void {
    this.listeners.push(listener);
  }

  /** Sends a message and waits for the receipt. ActiveMQ makes a text message of one without `content-length`. */
  public send(queue: string, body: Buffer, { isText, source }: { readonly isText: boolean; readonly source: string }): Promise<void> {
    const headers = { destination: `/queue/${queue}`, persistent: 'true', source, ...(isText ? {} : { 'content-length': String(body.length) }) };
    return new Promise((resolve, reject) => {
      this.onError(reject);
      this.client.send(headers, { onReceipt: () => resolve() }).end(body);
    });
  }

  public subscribe(queue: string, prefetch: number, onMessage: (message: StompMessage) => void): void {
    const headers = { 'destination': `/queue/${queue}`, 'ack': 'client-individual', 'activemq.prefetchSize': String(prefetch) };
    this.client.subscribe(headers, (error, message) => {
      if (error) return;
      void readBody(message).then((body) => onMessage({ headers: message.headers, body, ack: () => this.client.ack(message) }), () => undefined);
    });
  }

  public disconnect = (): Promise<void> => new Promise((resolve) => { this.client.disconnect(() => resolve()); });

  public destroy(): void {
    this.client.destroy();
  }
}

/** Connects to a port of 127.0.0.1. */
export const connectStomp = (port: number): Promise<StompClient> => new Promise((resolve, reject) => {
  connect({ host: '127.0.0.1', port, connectHeaders: { 'heart-beat': '0,0' } }, (error, client) => (error ? reject(error) : resolve(new StompClient(client))));
});

async function readBody(message: StompFrame): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
