import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request to the stub, with the name of its operation. */
export interface StubRequest {
  readonly operation: string;
  readonly body: string;
}

export interface StubAws {
  readonly url: string;
  readonly server: Server;
}

/**
 * Starts a server that accepts every request of SQS, DynamoDB and EventBridge, after a delay in milliseconds.
 *
 * @param onRequest gets each request that was accepted.
 */
export async function startStubAws(delay = 0, onRequest: (request: StubRequest) => void = () => undefined): Promise<StubAws> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1)!;
      const body = Buffer.concat(chunks).toString();
      void (delay > 0 ? sleep(delay) : Promise.resolve()).then(() => {
        onRequest({ operation, body });
        response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' });
        response.end(responseTo(operation, body));
      });
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const ENTRY = '{"EventId":"11710aed-b79e-4468-a20b-bb3c0c3b4860"}';
const INSERTED = '{"TableName":"history"}';

function responseTo(operation: string, body: string): string {
  if (operation === 'SendMessage') return `{"MessageId":"message-1","MD5OfMessageBody":"${md5Of((JSON.parse(body) as { MessageBody: string }).MessageBody)}"}`;
  if (operation === 'PutEvents') return `{"FailedEntryCount":0,"Entries":[${repeated(ENTRY, body, '"DetailType":')}]}`;
  if (operation === 'BatchExecuteStatement') return `{"Responses":[${repeated(INSERTED, body, '"Statement":')}]}`;
  return '{}';
}

/** The answer for each entry of a request, which has a field of this name for each of them. */
const repeated = (answer: string, body: string, field: string): string => new Array<string>(body.split(field).length - 1).fill(answer).join(',');

/** The SDK compares the digest that SQS returns. */
const md5Of = (text: string): string => createHash('md5').update(text).digest('hex');
