import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';

/**
 * A server on loopback that forwards plain HTTP requests to a port with TLS. Node.js reads the certificates that it trusts only when it starts,
 * so that this process could not trust one that was created for a test.
 */
export class TlsClientProxy {
  /** Starts a proxy for a port with a certificate. */
  static async start(port: number, certificateFile: string): Promise<TlsClientProxy> {
    const agent = new Agent({ ca: readFileSync(certificateFile), keepAlive: true });
    const server = createServer((incoming, response) => {
      const { method, url: path, headers } = incoming;
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      outgoing.on('error', (error) => response.destroy(error));
      incoming.pipe(outgoing);
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return new TlsClientProxy(server, agent);
  }

  private constructor(private readonly server: Server, private readonly agent: Agent) {}

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
  }
}
