import type { PutEventsCommandInput, PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import { publishEvent, publishEvents, RetryableError, type OrderEvent } from '#shared';
import { orderValidated } from '../../../support/sample-messages';

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no pause between attempts
});

const event = (n: number, notes = ''): OrderEvent => orderValidated({ orderId: `order-${n}`, commandId: `command-${n}` }, { notes });

const events = (count: number, notes?: string) => Array.from({ length: count }, (_, n) => event(n, notes));

/** A bus that refuses entries by the IDs of their orders. */
function bus(refuses: (orderId: string, request: number) => boolean = () => false) {
  const requests: string[][] = [];
  const putEvents = async ({ Entries = [] }: PutEventsCommandInput) => {
    const ids = Entries.map(({ Detail }) => JSON.parse(Detail!).metadata.orderId as string);
    requests.push(ids);
    return answer(ids.map((id) => (refuses(id, requests.length) ? { ErrorCode: 'InternalFailure' } : { EventId: id })));
  };
  return { requests, to: { busName: 'bus', source: 'orders', pipeline: 'Shop/Orders', putEvents } };
}

const answer = (Entries: PutEventsCommandOutput['Entries']): PutEventsCommandOutput => ({ $metadata: {}, FailedEntryCount: 0, Entries });

test('an event is an entry with its bus, source, type, metadata with the pipeline, facts and data, and nothing else', async () => {
  const putEvents = jest.fn(async () => answer([{ EventId: '1' }]));
  const { type, metadata, facts, data } = event(1);
  await publishEvents([event(1)], { busName: 'bus', source: 'shop', pipeline: 'Shop/Orders', putEvents });

  const [[{ Entries: [{ Detail, ...entry }] }]] = putEvents.mock.calls as unknown as [[{ Entries: [{ Detail: string }] }]];
  expect(entry).toEqual({ EventBusName: 'bus', Source: 'shop', DetailType: type });
  expect(JSON.parse(Detail)).toEqual({ metadata: { ...metadata, pipeline: 'Shop/Orders' }, facts, data });
});

test('no events make no request', async () => {
  const { requests, to } = bus();

  expect(await publishEvents([], to)).toEqual(new Map());
  expect(requests).toEqual([]);
});

test('ten events go in a request', async () => {
  const { requests, to } = bus();
  await publishEvents(events(21), to);

  expect(requests.map((ids) => ids.length)).toEqual([10, 10, 1]);
  expect(requests.flat()).toEqual(events(21).map(({ metadata }) => metadata.orderId));
});

test('a request stays within 256 KiB, counted in bytes of UTF-8', async () => {
  const { requests, to } = bus();
  await publishEvents(events(3, '☕'.repeat(40_000)), to); // 120 KB each

  expect(requests.map((ids) => ids.length)).toEqual([2, 1]);
});

describe('when the bus refuses some events', () => {
  test('only those are tried again, in their order', async () => {
    const { requests, to } = bus((id, request) => request === 1 && id !== 'order-1');

    expect(await publishEvents(events(3), to)).toEqual(new Map());
    expect(requests).toEqual([['order-0', 'order-1', 'order-2'], ['order-0', 'order-2']]);
  });

  test('fails when they are refused three times: they come back, each with the code', async () => {
    const { requests, to } = bus((id) => id === 'order-1');
    const all = events(3);

    expect(await publishEvents(all, to)).toEqual(new Map([[all[1], new RetryableError('PutEvents.InternalFailure', 'an event was not accepted')]]));
    expect(requests).toHaveLength(3);
  });

  test('fails when the response has no result for an event', async () => {
    const all = events(2);
    const failures = await publishEvents(all, { busName: 'bus', source: 'orders', pipeline: 'Shop/Orders', putEvents: async () => answer(undefined) });

    expect([...failures]).toEqual(all.map((each) => [each, new RetryableError('PutEvents.NoAnswer', 'an event was not accepted')]));
  });
});

describe('when a request fails', () => {
  test('it is tried again', async () => {
    let requests = 0;
    const putEvents = async () => {
      if (++requests === 1) throw new Error('reset');
      return answer([{ EventId: '1' }]);
    };

    expect(await publishEvents([event(1)], { busName: 'bus', source: 'orders', pipeline: 'Shop/Orders', putEvents })).toEqual(new Map());
  });

  test('fails when it never gets through: its events, and no others, come back with the error', async () => {
    const down = new Error('down');
    const putEvents = async ({ Entries = [] }: PutEventsCommandInput) => {
      if (Entries.length < 10) throw down;
      return answer(Entries.map(() => ({ EventId: '1' })));
    };
    const all = events(11);

    expect(await publishEvents(all, { busName: 'bus', source: 'orders', pipeline: 'Shop/Orders', putEvents })).toEqual(new Map([[all[10], down]]));
  });
});

test('an event is published alone', async () => {
  const publish = jest.fn(async () => new Map());
  const one = event(1);
  await publishEvent(publish, one);

  expect(publish.mock.calls).toEqual([[[one]]]);
});

test('fails when it could not be published, with the reason', async () => {
  const one = event(1);
  const down = new Error('down');

  await expect(publishEvent(async () => new Map([[one, down]]), one)).rejects.toBe(down);
});
