import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, QueryCommand as RawQueryCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mockClient } from 'aws-sdk-client-mock';
import type { Aws } from '../../../../cli/aws';
import { parseCommandLine } from '../../../../cli/command-line';
import type { ConsoleAws } from '../../../../cli/console/aws/console-aws';
import { runConsole } from '../../../../cli/console/commands/run-console';
import { table } from '../../../../cli/console/commands/table';
import { toAttributes } from '../../../../handlers/aws/attribute-values';
import { OrderPipeline } from '../../../../src';
import { runCommand } from '../../sample-context';
import { filledQueue, sampleAws } from '../sample-console';

const document = mockClient(DynamoDBDocumentClient);
const dynamoDb = mockClient(DynamoDBClient);

const stack = new Stack(new App(), 'Shop');
new OrderPipeline(stack, 'Orders');
const template = Template.fromStack(stack).toJSON();
const OUTPUTS = {
  OrdersApiUrl: 'https://api.example',
  OrdersTryCommand: 'npx cdk-order-pipeline try --stack Shop --region eu-central-1',
  OrdersApiKeyCommand: 'aws apigateway get-api-key --api-key key-1 --include-value --query value --output text --region eu-central-1',
};

const resources = Object.entries(template.Resources as Record<string, { Type: string }>)
  .map(([logicalId, { Type: type }]) => ({ logicalId, type, physicalId: type === 'AWS::SQS::Queue' ? `https://sqs/1/${logicalId}` : logicalId }));

const deployed = (aws: Partial<ConsoleAws> = {}): Partial<Aws> => ({
  listResources: async () => resources,
  stacks: {
    describe: async () => ({ id: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/Shop/1', status: 'CREATE_COMPLETE', outputs: OUTPUTS }),
    metadata: async () => template.Metadata,
    template: async () => template,
    apiKey: async () => 'secret',
    localEndpoint: () => undefined,
  },
  console: () => sampleAws(aws),
});

const EVENT = {
  orderId: 'order-1',
  eventId: 'e',
  occurredAt: '2026-03-01T12:00:00.000Z',
  listKey: '2026',
  type: 'OrderRejected',
  metadata: { commandId: 'c', sequence: 1, correlationId: 'x', channel: 'file' },
  data: { code: 'INVALID_ORDER', errors: [{ path: '/total', code: 'WRONG_TOTAL' }] },
};
const FILE = {
  fileId: 'f'.repeat(32),
  key: 'incoming/a.json',
  bucket: 'b',
  state: 'COMPLETED',
  receivedAt: '2026-03-01T12:00:00.000Z',
  size: 7,
  counts: { orders: 2, valid: 1, invalid: 1, repeated: 0 },
  errors: [{ line: 2, path: '/x', message: 'is required' }],
  outcomes: { confirmed: 1, changed: 0, unchanged: 0, rejected: 0 },
  reason: { code: 'NOT_JSON', message: 'the file is not JSON' },
};
const ORDER = { orderId: 'order-1', status: 'CONFIRMED', version: 1, sequence: 1, customerId: 'anna\u001b[31m', currency: 'EUR', total: 5, listKey: '2026#order-1', order: {}, pending: { 2: { type: 'CancelOrder', until: 1 } } };

beforeEach(() => {
  document.reset();
  dynamoDb.reset();
  document.on(QueryCommand).resolves({ Items: [] });
  dynamoDb.on(RawQueryCommand).resolves({ Items: [toAttributes(EVENT)] });
});

const print = async (line: string, aws: Partial<ConsoleAws> = {}) => {
  const { status, printed, errors } = await runCommand(line, deployed(aws));
  expect([status, errors]).toEqual([0, '']);
  return printed;
};

test('status prints the equation, the queues and what needs attention', async () => {
  const deadLetterQueues = filledQueue('poison');
  const queueStatus = async (url: string) => ({ visible: /IngestOrdersDeadLetterQueue/.test(url) ? 1 : 0, inFlight: 0, delayed: 0 });
  const printed = await print('status --stack Shop', { deadLetterQueues, queueStatus, scan: async () => ({ items: [EVENT] }) });
  expect(printed).toMatch(/^accepted 2 = confirmed 0 \+ repeated 0 \+ rejected 1 \+ pending 0 \+ dead-lettered 1\n0 messages in flight, 1 in dead-letter queues\n/);
  expect(printed).toMatch(/ {2}OrdersIngestOrdersDeadLetterQueue\w+ {2}1 +0 +0\nNeeds attention:\n {2}1 message in the dead-letter queue "orders"\n$/);
});

test('status prints lost orders', async () => {
  const printed = await print('status --stack Shop', { scan: async () => ({ items: [{ ...EVENT, type: 'OrderValidated' }] }) });
  expect(printed).toMatch(/^accepted 1 ≠ .* dead-lettered 0: 1 unaccounted\n/);
});

test('orders prints a list, without control characters of customers, and its cursor', async () => {
  document.on(QueryCommand).callsFake(() => ({ Items: [ORDER], LastEvaluatedKey: { listKey: '2026#order-1' } }));
  const printed = await print('orders --stack Shop --status CONFIRMED --show-contents');
  expect(printed).toContain('order-1  CONFIRMED  1        anna[31m  5 EUR');
  expect(printed).toMatch(/More: --cursor \S+\n$/);
  document.on(QueryCommand).resolves({ Items: [] });
  expect(await print('orders --stack Shop --customer anna')).toBe('No orders.\n');
});

test('orders --order prints an order with its history, pending commands and dead letters', async () => {
  document.on(GetCommand).resolves({ Item: ORDER });
  const deadLetterQueues = filledQueue({ commandType: 'PlaceOrder', orderId: 'order-1' });
  const printed = await print('orders --stack Shop --order order-1', { deadLetterQueues });
  expect(printed).toMatch(/order-1 {2}CONFIRMED[^]*History:\n.*\n {2}2026-03-01T12:00:00\.000Z {2}OrderRejected {2}order-1 {2}file x {2}INVALID_ORDER: \/total WRONG_TOTAL\n[^]*Pending commands:\n.*\n {2}CancelOrder {2}2[^]*In dead-letter queues:/);
  expect(printed).not.toContain('anna');
});

test('files prints a list and one file', async () => {
  document.on(QueryCommand).callsFake(({ IndexName }) => ({ Items: IndexName === undefined ? [{ index: 0, orderId: 'order-9', code: 'X', reason: 'y' }] : [FILE] }));
  document.on(GetCommand).resolves({ Item: FILE });
  expect(await print('files --stack Shop --state COMPLETED')).toMatch(/f{32} {2}COMPLETED {2}2026-03-01T12:00:00\.000Z {2}2 +1 +0 +incoming\/a\.json\n$/);
  const printed = await print(`files --stack Shop --file ${FILE.fileId}`);
  expect(printed).toMatch(/Rejected: NOT_JSON: the file is not JSON\nOutcomes: confirmed 1, changed 0, unchanged 0, rejected 0, pending 0\n\nErrors:\n.*\n {2}2 +- +\/x +is required\n\nRejected orders:\n.*\n {2}order-9 {2}X: y\n$/);
});

test('dead-letters prints the messages, and that there are none', async () => {
  expect(await print('dead-letters --stack Shop', { deadLetterQueues: filledQueue({ commandType: 'PlaceOrder', orderId: 'order-1' }) }))
    .toMatch(/^files: 1 message\n {2}MESSAGE +ORDER +AGE +RECEIVED +REASON\n {2}message-0 +order-1 +\d+d +3 +failed \d+ times\n/);
  expect(await print('dead-letters --stack Shop')).toBe('The dead-letter queues are empty.\n');
});

test('events prints events, and with --json what the page gets', async () => {
  const aws = { scan: async () => ({ items: [EVENT] }) };
  expect(await print('events --stack Shop', aws)).toContain('OrderRejected');
  expect(JSON.parse(await print('events --stack Shop --type OrderRejected --json', aws))).toMatchObject({ events: [{ eventId: 'e', reason: 'INVALID_ORDER: /total WRONG_TOTAL', by: 'file x' }] });
  expect(await print('events --stack Shop --type OrderConfirmed', aws)).toBe('No events.\n');
});

test.each([
  ['console', '--stack is required'],
  ['status --json', '--stack is required'],
  ['console --stack Shop --port 70000', '--port must be a number between 0 and 65535, got 70000'],
  ['console --stack Shop --port -1', 'argument missing|--port'],
  ['files --stack Shop --order x', 'Unknown option'],
])('fails when the command line is "%s"', (line, message) => {
  expect(() => parseCommandLine(line.split(' '))).toThrow(new RegExp(message));
});

test.each(['console', 'status', 'orders', 'events'])('%s --help requests the help', (command) => {
  expect(parseCommandLine([command, '--help'])).toBeUndefined();
});

test('console serves the page until it is interrupted, with a token that differs in each run', async () => {
  const pageFolder = mkdtempSync(join(tmpdir(), 'console-page-'));
  writeFileSync(join(pageFolder, 'index.html'), '<title>Console</title>');
  const urls: string[] = [];
  for (let run = 0; run < 2; run++) {
    const interruption = new AbortController();
    const commandLine = parseCommandLine(['console', '--stack', 'Shop', '--allow-changes', '--header', 'Authorization: Bearer x']) as never;
    let printed = '';
    const status = await runConsole(commandLine, {
      connect: () => deployed() as Aws,
      fetch,
      pageFolder,
      catchInterruption: () => interruption.signal,
      print: (text: string) => {
        printed += text;
        const [, origin] = /(http:\S+)\/#/.exec(text)!;
        void fetch(origin).then(async (response) => {
          expect(await response.text()).toBe('<title>Console</title>');
          interruption.abort();
        });
      },
    } as never);
    expect(status).toBe(0);
    expect(printed).toContain('The console of pipeline Orders of stack Shop in eu-central-1:');
    expect(printed).toContain('Changes are allowed. Contents of orders are masked; --show-contents shows them.');
    urls.push(/#(\S+)/.exec(printed)![1]);
  }
  rmSync(pageFolder, { recursive: true });
  expect(urls[0]).toMatch(/^[\w-]{43}$/);
  expect(urls[0]).not.toBe(urls[1]);
});

test('a table has columns, and `-` for what is not known', () => {
  expect(table(['A', 'BB'], [['x', undefined], [undefined, 12]])).toBe('  A  BB\n  x  -\n  -  12');
});
