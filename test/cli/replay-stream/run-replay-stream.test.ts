import type { KinesisStreamEvent } from 'aws-lambda';
import { FunctionFailed } from '../../../cli/function-failed';
import { streamRecord } from '../../../handlers/shared/stream/stream-record';
import { busEvent } from '../../support/bus-event';
import { runCommand, TestClock } from '../sample-context';

type Answer = object | null | Error;
interface World {
  /** The lines of the objects by their keys. */
  readonly objects?: Readonly<Record<string, readonly string[]>>;
  /** The answers of the function, then the last one. */
  readonly answers?: Answer[];
  readonly onInvoke?: (clock: TestClock) => void;
}

const lineOf = (eventId: string, metadata: Record<string, unknown> = {}, type = 'OrderConfirmed') =>
  streamRecord(JSON.stringify(busEvent({ 'detail-type': type }, { eventId, ...metadata }))).data.trimEnd();
const DAY = 'events/day=2026-03-01/';
const BUCKET = { type: 'AWS::S3::Bucket', logicalId: 'OrdersStreamBucketDDB1FA1E', physicalId: 'lake' };

async function replay(options: string, { objects = {}, answers = [null], onInvoke }: World = {}) {
  const clock = new TestClock();
  const invocations: KinesisStreamEvent[] = [];
  const result = await runCommand(`replay-stream --stack Shop --function fraud ${options}`, {
    listResources: async () => [BUCKET],
    eventObjects: {
      list: async (bucket, prefix) => {
        expect(bucket).toBe('lake');
        return Object.entries(objects).filter(([key]) => key.startsWith(prefix)).map(([key, lines]) => ({ key, bytes: lines.join('\n').length }));
      },
      readLines: async (_, key) => [...objects[key]],
    },
    invoke: async (functionName, request) => {
      expect(functionName).toBe('fraud');
      invocations.push(request as KinesisStreamEvent);
      onInvoke?.(clock);
      const answer = answers.length > 1 ? answers.shift()! : answers[0];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  }, clock);
  const linesOf = ({ Records }: KinesisStreamEvent) => Records.map(({ kinesis: { data } }) => Buffer.from(data, 'base64').toString());
  return { ...result, invocations, ids: invocations.map((each) => linesOf(each).map((line) => JSON.parse(line).eventId)) };
}

const OBJECTS = { [`${DAY}a`]: [lineOf('e-1'), lineOf('e-2')], [`${DAY}b`]: [lineOf('e-3')], 'events/day=2026-03-02/c': [lineOf('e-4')] };

test('without --execute, it shows what it would read and invokes nothing', async () => {
  const { status, printed, invocations } = await replay('--day 2026-03-01', { objects: OBJECTS });
  expect([status, invocations]).toEqual([0, []]);
  expect(printed).toMatch(/^2 objects \(\d+ bytes\) of 2026-03-01 would be replayed to fraud\. Add --execute to replay them\.\n$/);
});

test('the function receives every event of the days, object by object', async () => {
  const { status, printed, ids } = await replay('--day 2026-03-01 --day 2026-03-02 --execute', { objects: OBJECTS });
  expect(ids).toEqual([['e-1', 'e-2'], ['e-3'], ['e-4']]);
  expect([status, printed]).toEqual([0, '4 events of 3 of 3 objects replayed.\n']);
});

test('a record is the same as in the stream, except for its origin', async () => {
  const line = lineOf('e-1', { tenant: 'acme', orderId: 'o-1' });
  const { invocations: [{ Records: [record] }] } = await replay('--day 2026-03-01 --execute', { objects: { [`${DAY}a`]: [line] } });
  expect(record).toMatchObject({ eventSource: 'aws:kinesis', eventName: 'aws:kinesis:record', eventSourceARN: `arn:aws:s3:::lake/${DAY}a` });
  expect(record.kinesis).toMatchObject({ partitionKey: 'acme/o-1', data: Buffer.from(`${line}\n`).toString('base64'), approximateArrivalTimestamp: Date.parse('2026-01-31T12:00:00.000Z') / 1000 });
});

test('a large object is replayed in batches of at most 100 events and 3 MB', async () => {
  const small = Array.from({ length: 250 }, (_, index) => lineOf(`e-${index}`));
  const large = Array.from({ length: 4 }, (_, index) => lineOf(`l-${index}`, { text: 'x'.repeat(1_000_000) }));
  const { ids } = await replay('--day 2026-03-01 --execute', { objects: { [`${DAY}a`]: small, [`${DAY}b`]: large } });
  expect(ids.map(({ length }) => length)).toEqual([100, 100, 50, 2, 2]);
});

test('--order, --tenant and --type select events', async () => {
  const objects = {
    [`${DAY}a`]: [
      lineOf('e-1', { tenant: 'acme', orderId: 'o-1' }), lineOf('e-2', { tenant: 'acme', orderId: 'o-2' }), lineOf('e-3', { tenant: 'other', orderId: 'o-1' }),
      lineOf('e-4', { tenant: 'acme', orderId: 'o-1' }, 'OrderChanged'), lineOf('e-5', { tenant: 'acme', orderId: 'o-1' }, 'OrderRead'),
    ],
  };
  expect((await replay('--day 2026-03-01 --tenant acme --order o-1 --type OrderConfirmed --type OrderChanged --execute', { objects })).ids).toEqual([['e-1', 'e-4']]);
  expect((await replay('--day 2026-03-01 --order o-3 --execute', { objects })).invocations).toEqual([]);
});

describe('when the function fails', () => {
  test('the batch is repeated after pauses that double', async () => {
    const failure = new FunctionFailed('no connection');
    const { status, ids, pauses } = await replay('--day 2026-03-01 --execute', { objects: { [`${DAY}a`]: [lineOf('e-1')] }, answers: [failure, failure, null] });
    expect([status, ids, pauses]).toEqual([0, [['e-1'], ['e-1'], ['e-1']], [1000, 2000]]);
  });

  test('by batch item failures, it is repeated from the first failed event on', async () => {
    const second = { batchItemFailures: [{ itemIdentifier: '3'.padStart(56, '0') }, { itemIdentifier: '2'.padStart(56, '0') }] };
    const { status, ids } = await replay('--day 2026-03-01 --execute', { objects: { [`${DAY}a`]: ['e-1', 'e-2', 'e-3'].map((id) => lineOf(id)) }, answers: [second, { batchItemFailures: [] }] });
    expect([status, ids]).toEqual([0, [['e-1', 'e-2', 'e-3'], ['e-2', 'e-3']]]);
  });

  test('by a batch item failure with an unknown identifier, the whole batch is repeated', async () => {
    const { ids } = await replay('--day 2026-03-01 --execute', { objects: { [`${DAY}a`]: [lineOf('e-1')] }, answers: [{ batchItemFailures: [{ itemIdentifier: '' }] }, null] });
    expect(ids).toEqual([['e-1'], ['e-1']]);
  });

  test('throttling is repeated, too', async () => {
    const throttled = Object.assign(new Error('Rate Exceeded.'), { name: 'TooManyRequestsException', $metadata: { httpStatusCode: 429 } });
    expect((await replay('--day 2026-03-01 --execute', { objects: { [`${DAY}a`]: [lineOf('e-1')] }, answers: [throttled, null] })).status).toBe(0);
  });

  test('six times, the command fails and prints how to continue', async () => {
    const { status, printed, errors, invocations } = await replay('--day 2026-03-01 --execute', { objects: OBJECTS, answers: [null, new FunctionFailed('no connection')] });
    expect([status, invocations.length]).toEqual([1, 7]);
    expect(printed).toBe(`2 events of 1 of 2 objects replayed.\nRun the command again with --start-after '${DAY}a' to continue.\n`);
    expect(errors).toContain('fraud failed 6 times: no connection');
  });

  test('by a missing permission, the command fails at once', async () => {
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } });
    const { status, errors, invocations } = await replay('--day 2026-03-01 --execute', { objects: OBJECTS, answers: [denied] });
    expect([status, invocations.length]).toEqual([1, 1]);
    expect(errors).toContain('not authorized');
  });
});

test('--start-after continues after an object', async () => {
  expect((await replay(`--day 2026-03-01 --start-after ${DAY}a --execute`, { objects: OBJECTS })).ids).toEqual([['e-3']]);
});

test('an interruption stops the replay after the current invocation, and the command prints how to continue', async () => {
  const { status, printed, ids } = await replay('--day 2026-03-01 --execute', { objects: OBJECTS, onInvoke: (clock) => clock.interrupt() });
  expect([status, ids]).toEqual([3, [['e-1', 'e-2']]]);
  expect(printed).toBe(`2 events of 1 of 2 objects replayed.\nRun the command again with --start-after '${DAY}a' to continue.\n`);
});

test('an interruption during a pause stops the replay, too', async () => {
  const { status, printed } = await replay('--day 2026-03-01 --execute', {
    objects: OBJECTS, answers: [new FunctionFailed('no connection')], onInvoke: (clock) => clock.interrupt(),
  });
  expect([status, printed]).toEqual([3, '0 events of 0 of 2 objects replayed.\nRun the command again to continue.\n']);
});

test('fails when an object has other contents than events', async () => {
  for (const line of ['no JSON', '{"eventId":"e-1"}', 'null']) {
    const { status, errors } = await replay('--day 2026-03-01 --execute', { objects: { [`${DAY}a`]: [lineOf('e-1'), line] } });
    expect([status, errors]).toEqual([1, expect.stringContaining(`${DAY}a, line 2 is not an event of a stream: check --bucket and --prefix`)]);
  }
});
