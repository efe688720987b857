import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig, type ClientLimits } from '../../../handlers/aws/client-config';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const ACCEPTED = { MessageId: 'message-1' };
const MD5_OF_BODY = '99914b932bd37a50b983c5e7c90ae93b';
const answer: Answer = (request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify({ ...ACCEPTED, MD5OfMessageBody: MD5_OF_BODY }));
  });
};

describe('a client of the handlers', () => {
  const servers: Server[] = [];
  const clients: SQSClient[] = [];

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await Promise.all(servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }));
  });

  /** A server that answers its first requests as given and the others with success. Counts them. */
  async function serving(first: readonly Answer[], limits?: ClientLimits) {
    const served = { requests: 0, connections: 0 };
    const server = createServer((request, response) => { (first[served.requests++] ?? answer)(request, response); });
    server.on('connection', () => { served.connections++; });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { served, server, send: sender(endpoint, limits) };
  }

  function sender(endpoint: string, limits?: ClientLimits) {
    const client = new SQSClient({ ...clientConfig(limits), endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    clients.push(client);
    return () => client.send(new SendMessageCommand({ QueueUrl: `${endpoint}/000000000000/orders`, MessageBody: '{}' }));
  }

  const reset: Answer = (request) => { request.socket.resetAndDestroy(); };
  const hang: Answer = (request) => { request.resume(); };

  test('repeats a request whose connection is reset', async () => {
    const { served, send } = await serving([reset, reset]);
    await expect(send()).resolves.toMatchObject(ACCEPTED);
    expect(served.requests).toBe(3);
  });

  test('fails when every attempt is reset', async () => {
    const { served, send } = await serving([reset, reset, reset]);
    await expect(send()).rejects.toThrow('ECONNRESET');
    expect(served.requests).toBe(3);
  });

  test('repeats a request that is not answered in time', async () => {
    const { served, send } = await serving([hang], { requestTimeout: 1000 });
    await expect(send()).resolves.toMatchObject(ACCEPTED);
    expect(served.requests).toBe(2);
  });

  test('fails when no attempt is answered in time', async () => {
    const { send } = await serving([hang, hang, hang], { requestTimeout: 100 });
    // On a busy machine, an attempt can time out before the server has received it.
    await expect(send()).rejects.toMatchObject({ name: 'TimeoutError', $metadata: { attempts: 3 } });
  });

  test('repeats a request that an idle connection no longer carries', async () => {
    const { served, send } = await serving([answer, reset]);
    await send();
    await expect(send()).resolves.toMatchObject(ACCEPTED);
    // The second request went over the first connection, which the server had closed, and then over a new one.
    expect(served).toEqual({ requests: 3, connections: 2 });
  });

  test('reuses its connection', async () => {
    const { served, send } = await serving([]);
    await send();
    await send();
    expect(served).toEqual({ requests: 2, connections: 1 });
  });

  test('does not copy a request for a logger, as the SDK does by default', async () => {
    const { server } = await serving([]);
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let reads = 0;
    const attribute = { DataType: 'String', get StringValue() { reads++; return 'value'; } };
    const input = { QueueUrl: `${endpoint}/000000000000/orders`, MessageBody: '{}', MessageAttributes: { attribute } };
    const readsOf = async (config: object): Promise<number> => {
      const client = new SQSClient({ ...config, endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
      clients.push(client);
      reads = 0;
      await client.send(new SendMessageCommand(input));
      return reads;
    };
    const [ours, withDefault] = [await readsOf(clientConfig()), await readsOf({})];
    expect(ours).toBeGreaterThan(0);
    expect(withDefault).toBeGreaterThan(ours);
  });

  test('fails when no connection is established in time', async () => {
    const full = await fullBacklog();
    try {
      await expect(sender(full.endpoint)()).rejects.toMatchObject({ name: 'TimeoutError' });
    } finally {
      await full.close();
    }
  }, 20_000);
});

/** A listening socket whose backlog is full, because its process is stopped: a further connection is not established. */
async function fullBacklog() {
  const script = "const server = require('node:net').createServer(); server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  const port = Number(String(output));
  const sockets = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await once(sockets[0], 'connect');
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('every client of the handlers has this configuration', () => {
  const folder = join(__dirname, '../../../handlers/aws');
  const clients = readdirSync(folder).flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/new \w+Client\(.*\)/g)].map(([text]) => `${file}: ${text}`));
  expect(clients.length).toBeGreaterThan(9);
  expect(clients.filter((text) => !text.includes('clientConfig('))).toEqual([]);
});
