import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** DynamoDB's response to a throttled request. */
const THROTTLED = { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'Throughput exceeds the current capacity of your table' };

/** A DynamoDB endpoint that throttles every request until it recovers. The local AWS cannot throttle. */
export class ThrottlingDynamoDb {
  /**
   * Starts an endpoint.
   *
   * @param target the endpoint of the local AWS.
   */
  public static async start(target: string): Promise<ThrottlingDynamoDb> {
    const dynamoDb = new ThrottlingDynamoDb(target);
    await new Promise<void>((resolve, reject) => dynamoDb.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return dynamoDb;
  }

  private readonly server: Server = createServer((request, response) => void this.throttle(request, response).catch(() => response.destroy()));
  private readonly requests: string[] = [];

  private isThrottling = true;

  private constructor(private readonly target: string) {}

  /** The variables with which a function uses the endpoint. */
  public get environment(): Readonly<Record<string, string>> {
    return { AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}` };
  }

  /** Forwards requests to the local AWS from now on. Restoring the environment would end the invocations that run. */
  public recover(): void {
    this.isThrottling = false;
  }

  /** Whether a request for an order was throttled. */
  public hasThrottled(orderId: string): boolean {
    return this.requests.some((request) => request.includes(`"${orderId}"`));
  }

  /** Closes the endpoint. */
  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async throttle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (!this.isThrottling) return this.forward(request, body, response);
    this.requests.push(body);
    response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(THROTTLED));
  }

  private async forward({ headers }: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const { host, connection, 'content-length': _, ...forwarded } = headers as Record<string, string>;
    const answer = await fetch(this.target, { method: 'POST', headers: forwarded, body });
    response.writeHead(answer.status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(await answer.text());
  }
}
