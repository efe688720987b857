import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetFunctionConfigurationCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { clientConfig } from '../../test/support/deploy-example';
import type { LocalAws } from '../../test/support/local-aws';

/** DynamoDB's response to a throttled request. */
const THROTTLED = { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'Throughput exceeds the current capacity of your table' };

/** A DynamoDB endpoint for one function that throttles every request until it recovers. The local AWS cannot throttle. */
export class ThrottlingDynamoDb {
  /** Redirects the function's DynamoDB requests to a new throttling endpoint, and changes other variables of its environment. */
  public static async start(local: LocalAws, functionName: string, changes: Record<string, string>): Promise<ThrottlingDynamoDb> {
    const dynamoDb = new ThrottlingDynamoDb(local, new LambdaClient(clientConfig(local)), functionName);
    await dynamoDb.redirect(changes);
    return dynamoDb;
  }

  private readonly server: Server = createServer((request, response) => void this.throttle(request, response));
  private readonly requests: string[] = [];
  private originalEnvironment: Record<string, string> = {};

  private isThrottling = true;

  private constructor(private readonly local: LocalAws, private readonly lambda: LambdaClient, private readonly functionName: string) {}

  /** Forwards requests to the local AWS from now on. Restoring the environment would end the invocations that run. */
  public recover(): void {
    this.isThrottling = false;
  }

  /** Whether a request for an order was throttled. */
  public hasThrottled(orderId: string): boolean {
    return this.requests.some((request) => request.includes(`"${orderId}"`));
  }

  /** Restores the function's environment and closes the endpoint. */
  public async stop(): Promise<void> {
    await this.setEnvironment(this.originalEnvironment);
    this.server.close();
    this.server.closeAllConnections();
  }

  private async redirect(changes: Record<string, string>): Promise<void> {
    const { Environment } = await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: this.functionName }));
    this.originalEnvironment = Environment?.Variables ?? {};
    await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    await this.setEnvironment({ ...this.originalEnvironment, ...changes, AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}` });
  }

  /** Applies to new invocations. */
  private setEnvironment(Variables: Record<string, string>): Promise<unknown> {
    return this.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: this.functionName, Environment: { Variables } }));
  }

  private async throttle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (!this.isThrottling) return this.forward(request, body, response);
    this.requests.push(body);
    response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(THROTTLED));
  }

  private async forward({ headers }: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const { host, connection, 'content-length': _, ...forwarded } = headers as Record<string, string>;
    const answer = await fetch(this.local.endpoint, { method: 'POST', headers: forwarded, body });
    response.writeHead(answer.status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(await answer.text());
  }
}
