import type { Aws } from '../../cli/aws';
import { run } from '../../cli/run';
import { USAGE } from '../../cli/usage';
import type { QueueReport, RedriveResponse, ListedMessage } from '../../handlers/shared/redrive';

const letter = (changes: Partial<ListedMessage> = {}): ListedMessage => ({
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
  ({ queue: 'processing', count: 1, received: 1, sentDuringRun: 0, matching: 1, moved: 0, failed: 0, messages: [letter()], ...changes });
const answer = (changes: Partial<RedriveResponse> = {}): RedriveResponse => ({ action: 'redrive', dryRun: true, complete: true, queues: [queue()], ...changes });

/** Runs the command against an AWS that answers so. */
async function typed(line: string, answered: unknown = answer(), aws: Partial<Aws> = {}) {
  const [printed, complained]: string[][] = [[], []];
  const requests: unknown[] = [];
  const status = await run(line.split(' '), {
    connect: (place) => ({
      listResources: async () => [{ type: 'AWS::Lambda::Function', logicalId: 'OrdersRedriveRedriveDeadLetters0123ABCD', physicalId: 'the-function' }],
      invoke: async (functionName, request) => {
        requests.push({ ...place, functionName, ...request });
        return answered;
      },
      ...aws,
    }),
    print: (text) => printed.push(text),
    complain: (text) => complained.push(text),
  });
  return { status, requests, printed: printed.join(''), complained: complained.join('') };
}

test('the function of the stack is asked', async () => {
  const { status, requests } = await typed('redrive --stack Shop --region eu-west-1 --order order-1');

  expect(status).toBe(0);
  expect(requests).toEqual([expect.objectContaining({ stack: 'Shop', region: 'eu-west-1', functionName: 'the-function', action: 'redrive', dryRun: true, orderId: 'order-1' })]);
});

test('a function that is named is asked without looking for it', async () => {
  const listResources = jest.fn();
  const { requests } = await typed('redrive --function my-function --execute', answer(), { listResources });

  expect(requests).toEqual([expect.objectContaining({ functionName: 'my-function', dryRun: false })]);
  expect(listResources).not.toHaveBeenCalled();
});

describe('what is printed', () => {
  test('is a table for each queue that has messages', async () => {
    const empty = queue({ queue: 'history', count: 0, received: 0, matching: 0, messages: [] });
    const notRedrivable = queue({ queue: 'stream', count: 2, received: 2, matching: 1, messages: [{ id: 'm', age: 30, receiveCount: 1, reason: 'RetryAttemptsExhausted', state: 'NOT_REDRIVABLE', stateReason: 'gone' }] });
    const { printed } = await typed('redrive --stack Shop', answer({ queues: [queue(), empty, notRedrivable] }));

    expect(printed).toBe([
      'processing: 1 message',
      '                  ORDER OR FILE  WHAT            CORRELATION    AGE  RECEIVED  REASON',
      '  would be moved  order-1        OrderValidated  correlation-1  2h   3         failed 5 times',
      '',
      'stream: 2 messages, 1 asked for',
      '                  ORDER OR FILE  WHAT  CORRELATION  AGE  RECEIVED  REASON',
      '  not redrivable  ?              ?     ?            30s  1         RetryAttemptsExhausted (gone)',
      '',
      'Nothing was moved. Say --execute to move them.',
      '',
    ].join('\n'));
  });

  test('says how many were moved', async () => {
    const queues = [queue({ matching: 3, moved: 2, failed: 1, messages: [letter({ state: 'MOVED' }), letter({ state: 'FAILED', stateReason: 'ServiceDown' })] })];
    const { printed } = await typed('redrive --stack Shop --execute', answer({ dryRun: false, complete: false, queues }));

    expect(printed).toContain('not moved  order-1        OrderValidated  correlation-1  2h   3         failed 5 times (ServiceDown)');
    expect(printed).toContain('… and 1 more');
    expect(printed).toContain('moved 2, failed 1\n');
  });

  test('says what came back while it ran', async () => {
    const { printed } = await typed('redrive --stack Shop --execute', answer({ dryRun: false, queues: [queue({ sentDuringRun: 2, moved: 1, messages: [letter({ state: 'MOVED' })] })] }));
    expect(printed).toContain('processing: 1 message\n');
    expect(printed).toContain('  2 arrived during the run, probably messages that failed again after the redrive\n');
  });

  test('says that there is nothing', async () => {
    const queues = [queue({ count: 0, received: 0, matching: 0, messages: [] })];
    expect((await typed('redrive --stack Shop --list', answer({ action: 'list', queues }))).printed).toBe('The dead-letter queues are empty.\n');
  });

  test('is one line for a message, whatever somebody wrote into its reason', async () => {
    const { printed } = await typed('redrive --stack Shop', answer({ queues: [queue({ messages: [letter({ reason: 'a\n\u001b[2Jb\u009bc' })] })] }));
    expect(printed).toContain('a [2Jb c\n');
  });

  test('is the answer as JSON where that is asked for', async () => {
    expect(JSON.parse((await typed('redrive --stack Shop --json')).printed)).toEqual(answer());
  });

  test('is the help, which names every option', async () => {
    const { status, printed, requests } = await typed('redrive --help');

    expect([status, printed, requests]).toEqual([0, USAGE, []]);
    for (const option of ['stack', 'function', 'list', 'queue', 'order', 'error', 'older-than', 'newer-than', 'limit', 'execute', 'max-per-second', 'json', 'region', 'profile']) {
      expect(USAGE).toContain(`--${option}`);
    }
  });
});

describe('the status with which it ends', () => {
  test.each([
    ['0 when all was done', {}, 0],
    ['0 when the limit was reached', { queues: [queue({ stopReason: 'LIMIT' as const })] }, 0],
    ['1 when a message failed', { complete: false, queues: [queue({ failed: 1 })] }, 1],
    ['1 when there was trouble with a queue', { complete: false, queues: [queue({ stopReason: 'ERROR' as const, error: 'AccessDenied' })] }, 1],
    ['3 when the time was up', { complete: false, queues: [queue({ stopReason: 'TIME_IS_UP' as const })] }, 3],
    ['3 when not all could be seen', { complete: false, queues: [queue({ stopReason: 'NOT_VISIBLE' as const })] }, 3],
  ])('is %s', async (_, changes, status) => {
    expect((await typed('redrive --stack Shop', answer(changes))).status).toBe(status);
  });

  test('is 2 when what was typed makes no sense, and nothing is asked', async () => {
    const { status, complained, requests } = await typed('redrive --stack Shop --limit many');

    expect([status, requests]).toEqual([2, []]);
    expect(complained).toBe('--limit must be a number between 1 and 10000, got many\ncdk-order-pipeline --help says what can be typed\n');
  });
});

describe('fails when', () => {
  test('the function fails, with what it says', async () => {
    const invoke = () => Promise.reject(new Error('wrong request: there is no queue "x", there are orders'));
    expect(await typed('redrive --stack Shop --queue x', undefined, { invoke })).toMatchObject({
      status: 1, printed: '', complained: 'wrong request: there is no queue "x", there are orders\n',
    });
  });

  test('the stack is not there', async () => {
    const listResources = () => Promise.reject(new Error('Stack with id Shop does not exist'));
    expect(await typed('redrive --stack Shop', undefined, { listResources })).toMatchObject({ status: 1, complained: 'Stack with id Shop does not exist\n' });
  });

  test('AWS says nothing but the name of an error', async () => {
    const invoke = () => Promise.reject(Object.assign(new Error('UnknownError'), { name: 'AccessDeniedException' }));
    expect((await typed('redrive --stack Shop', undefined, { invoke })).complained).toBe('AccessDeniedException\n');
  });

  test.each([[null], [{}], ['done']])('the function is another one, which answers %p', async (answered) => {
    expect(await typed('redrive --function other', answered)).toMatchObject({ status: 1, complained: 'other is not the redrive-dead-letters of an order pipeline\n' });
  });
});
