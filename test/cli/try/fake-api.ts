import type { DeployedStacks } from '../../../cli/try/deployed-stack';
import { runCommand, TestClock, type CommandRun } from '../sample-context';

export const URL = 'https://abc123.execute-api.eu-central-1.amazonaws.com/prod';
export const KEY_COMMAND = 'aws apigateway get-api-key --api-key key-1 --include-value --query value --output text --region eu-central-1';

/** The outputs of a stack with one pipeline. */
export const OUTPUTS: Readonly<Record<string, string>> = {
  OrdersApiUrl: URL,
  OrdersApiKeyCommand: KEY_COMMAND,
  OrdersFilesUri: 's3://shop-orders/incoming/',
  OrdersDashboardUrl: 'https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/Shop',
  OrdersTryCommand: 'npx cdk-order-pipeline try --stack Shop --region eu-central-1',
};

/** A response: its status and its body. */
export type FakeResponse = readonly [status: number, body?: object];

/** A request that the API received. */
export interface ReceivedRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const event = (type: string, second: number) => ({ occurredAt: `2026-03-01T12:00:0${second}.000Z`, type });

export const NOT_FOUND: FakeResponse = [404, { type: 'urn:cdk-order-pipeline:problem:order-not-found' }];
export const FORBIDDEN: FakeResponse = [403, { detail: 'send a valid API key in the header x-api-key' }];

/** The responses of an API that confirms an order. The last response of each route repeats. */
export const CONFIRMING: Readonly<Record<string, readonly FakeResponse[]>> = {
  'POST /orders': [[202, { orderId: 'order-1', correlationId: 'correlation-1', status: 'RECEIVED' }]],
  'GET /orders/order-1': [NOT_FOUND, [200, { status: 'CONFIRMED', version: 1, total: 4020, createdAt: '2026-03-01T12:00:02.000Z' }]],
  'GET /orders/order-1/events': [[200, { items: [event('OrderValidated', 1)] }], [200, { items: [event('OrderValidated', 1), event('OrderConfirmed', 2)] }]],
};

/** Runs `try` with fake AWS calls and a fake API. */
export async function runTry(
  args: string | readonly string[], responses: Record<string, readonly FakeResponse[]> = {}, aws: Partial<DeployedStacks> = {},
): Promise<CommandRun & { readonly requests: readonly ReceivedRequest[] }> {
  const requests: ReceivedRequest[] = [];
  const routes = Object.entries({ ...CONFIRMING, ...responses });
  const left: Record<string, FakeResponse[]> = Object.fromEntries(routes.map(([route, list]) => [route, [...list]]));
  const fetch = async (url: string, { method, headers, body }: RequestInit) => {
    requests.push({ url, method, headers: Object.fromEntries(headers as [string, string][]), body: body as string });
    const list = left[`${method} ${/\/orders(\/.*)?$/.exec(url)![0]}`];
    const [status, content] = list.length > 1 ? list.shift()! : list[0];
    return new Response(content && JSON.stringify(content), { status, statusText: status === 202 ? 'Accepted' : '' });
  };
  const stacks: DeployedStacks = {
    describe: async () => ({ status: 'CREATE_COMPLETE', outputs: OUTPUTS }),
    metadata: async () => ({}),
    template: async () => ({}),
    apiKey: async () => 'secret-key',
    localEndpoint: () => undefined,
    ...aws,
  };
  const line = typeof args === 'string' ? args.split(' ') : args;
  const result = await runCommand(['try', ...line], { stacks }, new TestClock(), fetch as typeof globalThis.fetch);
  return { ...result, requests };
}
