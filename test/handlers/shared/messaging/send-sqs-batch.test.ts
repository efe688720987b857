import { setTimeout as sleep } from 'node:timers/promises';
import { packForSqs, sendSqsBatch, type SqsBatchResponse } from '#shared';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(async () => undefined) }));

/** Sends three entries with responses, one for each attempt. */
async function send(...responses: (SqsBatchResponse | Error)[]) {
  const attempts: string[][] = [];
  const failed = await sendSqsBatch(['a', 'b', 'c'], async (entries) => {
    const response = responses[attempts.push([...entries]) - 1];
    if (response instanceof Error) throw response;
    return response;
  }, { attempts: 3, pauseMs: 100 });
  return { attempts, failed: [...failed] };
}

const ids = (...all: number[]) => all.map((id) => ({ Id: String(id) }));

test('entries are packed by the quotas of SQS: ten, and 256 KiB', () => {
  expect(packForSqs(Array.from({ length: 21 }, () => 1)).map(({ length }) => length)).toEqual([10, 10, 1]);
  expect(packForSqs([1, 2, 3], () => 100_000).map(({ length }) => length)).toEqual([2, 1]);
});

test('entries that failed are sent again, and others are not', async () => {
  const { attempts, failed } = await send({ Successful: ids(0, 2), Failed: [{ Id: '1', Code: 'ServiceUnavailable' }] }, { Successful: ids(0) });
  expect([attempts, failed]).toEqual([[['a', 'b', 'c'], ['b']], []]);
  expect(sleep).toHaveBeenCalledTimes(1);
});

test('fails for the entries that fail in every attempt, with the error code', async () => {
  const last = { Failed: [{ Id: '0', Code: 'InternalError' }] };
  const { attempts, failed } = await send({ Successful: ids(0, 2), Failed: [{ Id: '1', Code: 'ServiceUnavailable' }] }, last, last);
  expect([attempts.length, failed]).toEqual([3, [['b', 'InternalError']]]);
});

test('fails for all entries when the request fails, with the error\'s name, and for those without a result', async () => {
  const down = Object.assign(new Error(), { name: 'Down' });
  expect((await send(down, down, down)).failed).toEqual([['a', 'Down'], ['b', 'Down'], ['c', 'Down']]);
  expect((await send({ Successful: ids(1) }, {}, {})).failed).toEqual([['a', 'no result for this entry'], ['c', 'no result for this entry']]);
});
