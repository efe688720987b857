import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetFunctionConfigurationCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { clientConfig } from '../test/support/deploy-example';
import type { LocalAws } from '../test/support/local-aws';

/** What DynamoDB answers when it is asked for more than it can give. */
const THROTTLED = { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'Throughput exceeds the current capacity of your table' };

/** DynamoDB as one function sees it while it throttles. The local one does not, so something that does is put in its place for that function. */
export class ThrottledTables {
  /** Begins to throttle a function's requests, all of them. */
  public static async before(local: LocalAws, functionName: string): Promise<ThrottledTables> {
    const tables = new ThrottledTables(new LambdaClient(clientConfig(local)), functionName);
    await tables.begin();
    return tables;
  }

  private readonly server: Server = createServer((request, response) => void this.refuse(request, response));
  private readonly refused: string[] = [];
  private usual: Record<string, string> = {};

  private constructor(private readonly lambda: LambdaClient, private readonly functionName: string) {}

  /** Whether a request about an order has been refused. */
  public hasRefused(orderId: string): boolean {
    return this.refused.some((request) => request.includes(`"${orderId}"`));
  }

  /** The tables answer again. */
  public async end(): Promise<void> {
    await this.setEnvironment(this.usual);
    this.server.close();
    this.server.closeAllConnections();
  }

  private async begin(): Promise<void> {
    const { Environment } = await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: this.functionName }));
    this.usual = Environment?.Variables ?? {};
    await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    await this.setEnvironment({ ...this.usual, AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}` });
  }

  /** New invocations have the new environment. */
  private setEnvironment(Variables: Record<string, string>): Promise<unknown> {
    return this.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: this.functionName, Environment: { Variables } }));
  }

  private async refuse(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.refused.push(await text(request));
    response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' }).end(JSON.stringify(THROTTLED));
  }
}
