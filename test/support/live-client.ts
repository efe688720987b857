import { WebSocket } from 'ws';
import { eventually } from '../../cli/local/system/eventually';

/** A message of the server. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests access fields of any message
export type ReceivedMessage = Record<string, any> & { readonly type: string };

/** What a client sends when it opens a connection. */
interface LiveClientCredentials {
  readonly headers?: Record<string, string>;
  readonly subprotocols?: string[];
}

/** A client of live updates that is not a browser. */
export class LiveClient {
  /** Opens a connection. Fails with the status of the response if it is refused. */
  public static async open(url: string, { headers, subprotocols = [] }: LiveClientCredentials): Promise<LiveClient> {
    const socket = new WebSocket(url, subprotocols, { headers });
    const client = new LiveClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  /** All messages of the server, in the order of their arrival. */
  public readonly messages: ReceivedMessage[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.messages.push(JSON.parse(data.toString()) as ReceivedMessage));
  }

  /** The subprotocol that the server selected. */
  public get subprotocol(): string {
    return this.socket.protocol;
  }

  public get isClosed(): boolean {
    return this.socket.readyState === WebSocket.CLOSED;
  }

  /** Sends a message; text as it is. */
  public send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Sends a message and returns the next message of one of these types. */
  public async request(message: object | string, ...types: string[]): Promise<ReceivedMessage> {
    const known = this.messages.length;
    this.send(message);
    return eventually(`${types.join(' or ')}`, async () => this.messages.slice(known).find(({ type }) => types.includes(type)), 30);
  }

  /** Subscribes, and returns the answer. */
  public subscribe(subscription: object): Promise<ReceivedMessage> {
    return this.request({ action: 'subscribe', ...subscription }, 'subscribed', 'error');
  }

  /** Returns the event of a type, once it has arrived. */
  public event(type: string, seconds = 30): Promise<ReceivedMessage> {
    return eventually(`the event ${type}`, async () => this.messages.find((message) => message.type === 'event' && message.event.type === type), seconds);
  }

  /** The types of the events that have arrived. */
  public get eventTypes(): string[] {
    return this.messages.filter(({ type }) => type === 'event').map(({ event }) => event.type);
  }

  public async close(): Promise<void> {
    this.socket.close();
    await eventually('the end of the connection', async () => this.isClosed || undefined, 10);
  }
}
