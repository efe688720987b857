import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A proxy on a free port of 127.0.0.1, whose connections can be cut. */
export class CutProxy {
  public static async start(target: string): Promise<CutProxy> {
    const proxy = new CutProxy(Number(new URL(target).port));
    await new Promise<void>((resolve, reject) => proxy.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private readonly server: Server = createServer((socket) => this.forward(socket));

  private constructor(private readonly targetPort: number) {}

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The number of open connections. */
  public get connections(): number {
    return this.sockets.size / 2;
  }

  /** Ends all connections without notice, and refuses others. */
  public cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** Accepts connections again. */
  public restore(): void {
    this.isCut = false;
  }

  public async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private forward(client: Socket): void {
    if (this.isCut) {
      client.destroy();
      return;
    }
    const target = connect(this.targetPort, '127.0.0.1');
    for (const [socket, other] of [[client, target], [target, client]]) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(target).pipe(client);
  }
}
