import { runCommand } from './sample-context';
import type { Aws } from '../../cli/aws';
import { USAGE } from '../../cli/usage';
import type { QueueReport, RedriveResponse, ListedMessage } from '../../handlers/shared/redrive';

const message = (changes: Partial<ListedMessage> = {}): ListedMessage => ({
  id: 'message-1',
  orderId: 'order-1',
  type: 'OrderValidated',
  commandId: 'command-1',
  correlationId: 'correlation-1',
  age: 7300,
  receiveCount: 3,
  reason: 'failed 5 times',
  state: 'WOULD_MOVE',
  ...changes,
});
const queue = (changes: Partial<QueueReport> = {}): QueueReport =>
  ({ queue: 'processing', count: 1, received: 1, sentDuringRun: 0, matching: 1, moved: 0, failed: 0, messages: [message()], ...changes });
const answer = (changes: Partial<RedriveResponse> = {}): RedriveResponse => ({ action: 'redrive', dryRun: true, startedAt: 0, complete: true, unpublished: 0, queues: [queue()], ...changes });

/** Runs the command with a function that returns `response`. */
async function runWith(line: string, response: unknown = answer(), aws: Partial<Aws> = {}) {
  const requests: unknown[] = [];
  const result = await runCommand(line, {
    listResources: async () => [{ type: 'AWS::Lambda::Function', logicalId: 'OrdersRedriveRedriveDeadLetters0123ABCD', physicalId: 'the-function' }],
    invoke: async (functionName, request) => {
      requests.push({ functionName, ...request });
      return response;
    },
    ...aws,
  });
  return { ...result, requests };
}

test('invokes the function of the stack', async () => {
  const { status, requests } = await runWith('redrive --stack Shop --region eu-west-1 --order order-1');

  expect(status).toBe(0);
  expect(requests).toEqual([expect.objectContaining({ functionName: 'the-function', action: 'redrive', dryRun: true, orderId: 'order-1' })]);
});

test('with --function, does not list the resources of a stack', async () => {
  const listResources = jest.fn();
  const { requests } = await runWith('redrive --function my-function', answer(), { listResources });

  expect(requests).toEqual([expect.objectContaining({ functionName: 'my-function', dryRun: true })]);
  expect(listResources).not.toHaveBeenCalled();
});

describe('the output', () => {
  test('has a table for each queue that has messages', async () => {
    const empty = queue({ queue: 'history', count: 0, received: 0, matching: 0, messages: [] });
    const notRedrivable = queue({ queue: 'stream', count: 2, received: 2, matching: 1, messages: [{ id: 'm', age: 30, receiveCount: 1, reason: 'RetryAttemptsExhausted', state: 'NOT_REDRIVABLE', stateReason: 'gone' }] });
    const { printed } = await runWith('redrive --stack Shop', answer({ queues: [queue(), empty, notRedrivable] }));

    expect(printed).toBe([
      'processing: 1 message',
      '                  ORDER OR FILE  TYPE            CORRELATION ID  AGE  RECEIVED  REASON',
      '  would be moved  order-1        OrderValidated  correlation-1   2h   3         failed 5 times',
      '',
      'stream: 2 messages, 1 matching',
      '                  ORDER OR FILE  TYPE  CORRELATION ID  AGE  RECEIVED  REASON',
      '  not redrivable  ?              ?     ?               30s  1         RetryAttemptsExhausted (gone)',
      '',
      'Nothing was moved. Run again with --execute to move them.',
      '',
    ].join('\n'));
  });

  test('has the number of messages beyond those listed', async () => {
    expect((await runWith('redrive --stack Shop', answer({ queues: [queue({ count: 3, received: 3, matching: 3 })] }))).printed).toContain('… and 2 more');
  });

  test('states that all queues are empty', async () => {
    const queues = [queue({ count: 0, received: 0, matching: 0, messages: [] })];
    expect((await runWith('redrive --stack Shop --list', answer({ action: 'list', queues }))).printed).toBe('The dead-letter queues are empty.\n');
  });

  test('has one line per message, without control characters of its reason', async () => {
    const { printed } = await runWith('redrive --stack Shop', answer({ queues: [queue({ messages: [message({ reason: 'a\n\u001b[2Jb\u009bc' })] })] }));
    expect(printed).toContain('a [2Jb c\n');
  });

  test('is JSON with --json', async () => {
    expect(JSON.parse((await runWith('redrive --stack Shop --json')).printed)).toEqual(answer());
  });

  test('is the help with every option', async () => {
    const { status, printed, requests } = await runWith('redrive --help');

    expect([status, printed, requests]).toEqual([0, USAGE, []]);
    for (const option of ['stack', 'function', 'list', 'queue', 'order', 'error', 'older-than', 'newer-than', 'limit', 'execute', 'max-per-second', 'json', 'region', 'profile', 'archive', 'from', 'to', 'rule']) {
      expect(USAGE).toContain(`--${option}`);
    }
  });
});

describe('the exit status', () => {
  test.each([
    ['0 when all messages were moved', {}, 0],
    ['0 when the limit was reached', { queues: [queue({ stopReason: 'LIMIT' as const })] }, 0],
    ['1 when a message failed', { complete: false, queues: [queue({ failed: 1 })] }, 1],
    ['1 when a queue had an error', { complete: false, queues: [queue({ stopReason: 'ERROR' as const, error: 'AccessDenied' })] }, 1],
    ['3 when the function ran out of time', { complete: false, queues: [queue({ stopReason: 'TIME_IS_UP' as const })] }, 3],
    ['3 when not all messages were visible', { complete: false, queues: [queue({ stopReason: 'NOT_VISIBLE' as const })] }, 3],
  ])('is %s', async (_, changes, status) => {
    expect((await runWith('redrive --stack Shop', answer(changes))).status).toBe(status);
  });

  test('is 2 for a usage error, without an invocation', async () => {
    const { status, errors, requests } = await runWith('redrive --stack Shop --limit many');

    expect([status, requests]).toEqual([2, []]);
    expect(errors).toBe('--limit must be a number between 1 and 1000000, got many\nRun cdk-order-pipeline --help for the options.\n');
  });
});

describe('fails when', () => {
  test('the function fails, with its error message', async () => {
    const invoke = () => Promise.reject(new Error('wrong request: there is no queue "x", there are orders'));
    expect(await runWith('redrive --stack Shop --queue x', undefined, { invoke })).toMatchObject({
      status: 1, printed: '', errors: 'wrong request: there is no queue "x", there are orders\n',
    });
  });

  test('the stack does not exist', async () => {
    const listResources = () => Promise.reject(new Error('Stack with id Shop does not exist'));
    expect(await runWith('redrive --stack Shop', undefined, { listResources })).toMatchObject({ status: 1, errors: 'Stack with id Shop does not exist\n' });
  });

  test('an AWS error has no message, with its name', async () => {
    const invoke = () => Promise.reject(Object.assign(new Error('UnknownError'), { name: 'AccessDeniedException' }));
    expect((await runWith('redrive --stack Shop', undefined, { invoke })).errors).toBe('AccessDeniedException\n');
  });

  test.each([[null], [{}], ['done']])('the function is not redrive-dead-letters and returns %p', async (response) => {
    expect(await runWith('redrive --function other', response)).toMatchObject({ status: 1, errors: 'other is not the function redrive-dead-letters of an order pipeline\n' });
  });
});
