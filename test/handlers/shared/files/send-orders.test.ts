import { setTimeout as sleep } from 'node:timers/promises';
import type { SendMessageBatchCommandOutput } from '@aws-sdk/client-sqs';
import { sendOrders, type OrderMessage, type SendMessageBatchRequest } from '#shared';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(async () => undefined) }));

const entry = (n: number, body = `body ${n}`): OrderMessage =>
  ({ MessageBody: body, MessageGroupId: `order-${n}`, MessageDeduplicationId: `command-${n}` });
const entries = (count: number, body?: string) => Array.from({ length: count }, (_, n) => entry(n, body));

type Entries = NonNullable<Parameters<SendMessageBatchRequest>[0]>;
const groupsOf = (batch: Entries) => batch.map(({ MessageGroupId }) => MessageGroupId!);
const answer = (fields: object) => ({ $metadata: {}, Successful: [], Failed: [], ...fields } as SendMessageBatchCommandOutput);

/** A queue that rejects an order according to `refuses`, given the order ID and the number of the request from 1. */
function queue(refuses: (group: string, request: number) => string | undefined = () => undefined) {
  const requests: Entries[] = [];
  const send: SendMessageBatchRequest = async (batch = []) => {
    requests.push(batch);
    const number = requests.length;
    const codes = batch.map(({ Id, MessageGroupId }) => ({ Id, Code: refuses(MessageGroupId!, number) }));
    return answer({
      Successful: codes.filter(({ Code }) => !Code).map(({ Id }) => ({ Id })),
      Failed: codes.filter(({ Code }) => Code).map((code) => ({ ...code, SenderFault: false })),
    });
  };
  return { requests, send };
}

describe('orders', () => {
  test('are sent ten per request, each with an ID for its result', async () => {
    const { requests, send } = queue();
    await sendOrders(entries(25), send);

    expect(requests.map((batch) => batch.length)).toEqual([10, 10, 5]);
    expect(requests.flatMap(groupsOf)).toEqual(entries(25).map(({ MessageGroupId }) => MessageGroupId));
    expect(requests[2].map(({ Id }) => Id)).toEqual(['0', '1', '2', '3', '4']);
    expect(requests[0][3]).toEqual({ ...entry(3), Id: '3' });
  });

  test('are sent in requests of at most 256 KiB, in bytes of UTF-8', async () => {
    const { requests, send } = queue();
    await sendOrders(entries(5, '€'.repeat(30_000)), send); // 90 KB each

    expect(requests.map((batch) => batch.length)).toEqual([2, 2, 1]);
  });

  test('fill a request to the last byte', async () => {
    const { requests, send } = queue();
    await sendOrders([entry(0, 'a'.repeat(128 * 1024)), entry(1, 'a'.repeat(128 * 1024)), entry(2)], send);

    expect(requests.map((batch) => batch.length)).toEqual([2, 1]);
  });

  test('cause no request when there are none', async () => {
    const { requests, send } = queue();
    await sendOrders([], send);

    expect(requests).toEqual([]);
  });

  test('are sent in at most 32 concurrent requests', async () => {
    let [inFlight, most] = [0, 0];
    const send: SendMessageBatchRequest = async (batch = []) => {
      most = Math.max(most, ++inFlight);
      await new Promise(setImmediate);
      inFlight--;
      return answer({ Successful: batch.map(({ Id }) => ({ Id })) });
    };
    await sendOrders(entries(1000), send);

    expect(most).toBe(32);
    expect(inFlight).toBe(0);
  });
});

describe('an order that SQS rejects', () => {
  test('is sent again, without the accepted orders of its request', async () => {
    const { requests, send } = queue((group, request) => (request === 1 && ['order-1', 'order-3'].includes(group) ? 'InternalError' : undefined));
    await sendOrders(entries(5), send);

    expect(requests.slice(1).map(groupsOf)).toEqual([['order-1', 'order-3']]);
    expect(requests[1]).toEqual([{ ...entry(1), Id: '0' }, { ...entry(3), Id: '1' }]);
  });

  test('is sent at most five times; fails with its code and the number of orders', async () => {
    const { requests, send } = queue((group) => (group === 'order-1' ? 'InternalError' : undefined));

    await expect(sendOrders(entries(25), send)).rejects.toThrow('1 of 25 orders not sent (InternalError)');
    expect(requests.flatMap(groupsOf).filter((group) => group === 'order-1')).toHaveLength(5);
    expect(new Set(requests.flatMap(groupsOf)).size).toBe(25); // the others are sent
  });

  test('fails with each code once, for any number of orders', async () => {
    const { send } = queue((group) => (group.endsWith('1') ? 'InternalError' : group.endsWith('2') ? 'Throttled' : undefined));

    await expect(sendOrders(entries(30), send)).rejects.toThrow('6 of 30 orders not sent (InternalError, Throttled)');
  });

  test('waits before each retry: up to 100 ms, doubled each time', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);

    await expect(sendOrders(entries(1), queue(() => 'InternalError').send)).rejects.toThrow('1 of 1 orders not sent');
    expect(jest.mocked(sleep).mock.calls).toEqual([[50], [100], [200], [400]]);
  });
});

describe('a request', () => {
  test('is sent again as a whole when it fails', async () => {
    let requests = 0;
    const sent: string[] = [];
    const send: SendMessageBatchRequest = async (batch = []) => {
      if (++requests === 1) throw new Error('reset');
      sent.push(...groupsOf(batch));
      return answer({ Successful: batch.map(({ Id }) => ({ Id })) });
    };
    await sendOrders(entries(3), send);

    expect(sent).toEqual(['order-0', 'order-1', 'order-2']);
  });

  test('fails with the error\'s name, never its message, after five failures', async () => {
    let requests = 0;
    const send: SendMessageBatchRequest = async () => {
      requests++;
      throw Object.assign(new Error('canary'), { name: 'RequestThrottled' });
    };
    const error = await sendOrders(entries(3), send).catch((thrown: Error) => thrown.message);

    expect(error).toBe('3 of 3 orders not sent (RequestThrottled)');
    expect(requests).toBe(5);
  });

  test('fails when its response lacks an order, or is empty', async () => {
    const withoutEvent: SendMessageBatchRequest = async () => ({ $metadata: {} } as SendMessageBatchCommandOutput);

    await expect(sendOrders(entries(2), withoutEvent)).rejects.toThrow('2 of 2 orders not sent (no result for this entry)');
    const { send } = queue();
    const halfSilent: SendMessageBatchRequest = async (batch) => ({ ...await send(batch), Successful: [{ Id: '0' }] } as SendMessageBatchCommandOutput);
    // Each response has the result of one order: five of the first ten, and both others.
    await expect(sendOrders(entries(12), halfSilent)).rejects.toThrow('5 of 12 orders not sent (no result for this entry)');
  });

  test('that fails does not prevent other requests', async () => {
    const sent: string[] = [];
    const send: SendMessageBatchRequest = async (batch = []) => {
      if (groupsOf(batch).includes('order-0')) throw new Error('down');
      sent.push(...groupsOf(batch));
      return answer({ Successful: batch.map(({ Id }) => ({ Id })) });
    };

    await expect(sendOrders(entries(400), send)).rejects.toThrow('10 of 400 orders not sent (Error)');
    expect(sent).toHaveLength(390);
  });
});
