import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
};

/** A server of the files in a folder, on a free port of 127.0.0.1. */
export class StaticSite {
  public static async start(folder: string): Promise<StaticSite> {
    const site = new StaticSite(folder);
    await new Promise<void>((resolve, reject) => site.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return site;
  }

  private readonly generated = new Map<string, string>();
  private readonly server: Server = createServer(({ url }, response) => {
    const name = basename(new URL(url!, 'http://localhost').pathname) || 'index.html';
    this.contentsOf(name).then(
      (contents) => response.writeHead(200, { 'Content-Type': CONTENT_TYPES[extname(name)] }).end(contents),
      () => response.writeHead(404).end(),
    );
  });

  private constructor(private readonly folder: string) {}

  public get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Adds a file that the folder does not have. */
  public add(name: string, contents: string): void {
    this.generated.set(name, contents);
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async contentsOf(name: string): Promise<string | Buffer> {
    return this.generated.get(name) ?? readFile(join(this.folder, name));
  }
}
