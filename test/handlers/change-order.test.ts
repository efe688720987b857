import '../support/handler-env';
import { handler } from '../../handlers/change-order';
import { requestId } from '../../handlers/shared';
import { loggedText } from '../support/captured-logs';
import { behavesAsCommandConsumer, deliver, freshAws, loggedOutcomes } from '../support/command-consumer';
import type { FakeOrdersTable } from '../support/fake-orders-table';
import { acceptEvents, publishedEvents } from '../support/published-events';
import {
  cancellationRequested, changeRequested, confirmedItem, fromOutside, itemAfter, onTheBus, orderValidated, SAMPLE_TIME,
} from '../support/sample-messages';
import { failed } from '../support/sqs-event';

let table: FakeOrdersTable;
beforeEach(() => {
  table = freshAws();
});

const notes = (sequence: number, value: string) => onTheBus(changeRequested({ sequence, commandId: `command-${sequence}` }, { patch: { notes: value } }));

describe('a change that has its place', () => {
  test('is applied to its order and published from the table\'s stream', async () => {
    table.seed(confirmedItem());

    expect(await deliver(handler, notes(2, 'new'))).toEqual(failed());
    expect(table.order()).toMatchObject({ version: 2, revision: 2, order: { notes: 'new' }, outcome: { type: 'OrderChanged', data: { changed: ['notes'] } } });
    expect(publishedEvents()).toEqual([]);
    expect(loggedOutcomes()).toEqual(['OrderChanged']);
  });

  test('waits for an order that has not come', async () => {
    expect(await deliver(handler, notes(1, 'new'))).toEqual(failed());

    expect(table.order()).toMatchObject({ status: 'AWAITED', sequence: 1, pending: { 1: { type: 'ChangeOrder' } } });
    expect(loggedOutcomes()).toEqual(['CommandAwaitsOrder']);
  });

  test('is refused by an order that is cancelled', async () => {
    table.seed(itemAfter([orderValidated(), cancellationRequested()]));

    expect(await deliver(handler, notes(3, 'new'))).toEqual(failed());
    expect(table.order()).toMatchObject({ status: 'CANCELLED', version: 2, outcome: { type: 'OrderChangeRefused', data: { code: 'ORDER_CANCELLED' } } });
  });

  test('is applied in sequence with other commands of its order, in whatever order they arrive', async () => {
    table.seed(confirmedItem());

    expect(await deliver(handler, notes(4, 'last'), notes(2, 'first'), notes(3, 'second'), notes(2, 'first'))).toEqual(failed());
    expect(table.order()).toMatchObject({ version: 4, sequence: 4, order: { notes: 'last' } });
    expect(table.puts.map(({ revision }) => revision)).toEqual([2, 3, 4, 5]);
    expect(loggedOutcomes().sort()).toEqual(['CommandPending', 'CommandRedelivered', 'OrderChanged', 'OrderChanged']);
  });
});

describe('a change that another system asks for', () => {
  const request = (data: unknown = { patch: { notes: 'theirs' } }) => fromOutside('OrderChangeRequested', data, { eventId: 'their-event' });
  const commandId = requestId('ChangeOrder', 'order-1', 'their-event', '{"patch":{"notes":"theirs"}}');

  beforeEach(() => {
    table.seed(confirmedItem());
    table.seedPlaces({ orderId: 'order-1', sequence: 1, commandId: 'command-1', at: SAMPLE_TIME });
  });

  test('gets its sequence number on arrival and is applied', async () => {
    expect(await deliver(handler, request())).toEqual(failed());

    expect(table.places()).toEqual([expect.anything(), { orderId: 'order-1', sequence: 2, commandId, at: expect.any(String), previousAt: SAMPLE_TIME }]);
    expect(table.order()).toMatchObject({ version: 2, order: { notes: 'theirs' }, outcome: { type: 'OrderChanged', channel: 'bus', commandId, causationId: 'their-event' } });
  });

  test('keeps its sequence number when the table fails and it is redelivered', async () => {
    table.crossing = (name, _, effect) => {
      if (name === 'get') throw new Error('down');
      return effect();
    };
    expect(await deliver(handler, request())).toEqual(failed('message-1'));
    table.crossing = (_, __, effect) => effect();

    expect(await deliver(handler, request(), request())).toEqual(failed());
    expect(table.places()).toHaveLength(2);
    expect(table.order()).toMatchObject({ version: 2, sequence: 2 });
    expect(loggedOutcomes()).toEqual(['OrderChanged', 'CommandRedelivered']);
  });

  describe('wrongly', () => {
    const wrong = request({ patch: { customerId: 'c', notes: 7 } });

    test('is refused on the bus with everything that is wrong, and has no place', async () => {
      expect(await deliver(handler, wrong)).toEqual(failed());

      expect(publishedEvents()).toMatchObject([{
        type: 'OrderChangeRefused',
        metadata: { orderId: 'order-1', sequence: 0, channel: 'bus', causationId: 'their-event' },
        data: { code: 'INVALID_COMMAND', errors: [{ path: '/patch/notes', code: 'INVALID_TYPE' }, { path: '/patch/customerId', code: 'NOT_CHANGEABLE' }] },
      }]);
      expect(table.places()).toHaveLength(1);
      expect(table.puts).toEqual([]);
      expect(loggedOutcomes()).toEqual(['OrderChangeRefused']);
    });

    test('is refused with the same event id when it comes again', async () => {
      await deliver(handler, wrong, wrong);

      const [first, second] = publishedEvents();
      expect(second.metadata.eventId).toBe(first.metadata.eventId);
    });

    test('fails when the bus does not take the refusal: it comes again', async () => {
      acceptEvents(() => true);

      expect(await deliver(handler, wrong)).toEqual(failed('message-1'));
    });
  });

  describe('whose JSON is ambiguous', () => {
    const requestText = (patch: string, metadata: string) => `{"detail-type":"OrderChangeRequested","id":"e","detail":{"metadata":{"orderId":"order-1",${metadata}},"data":{"patch":${patch}}}}`;

    test.each([
      ['', '"a":1'],
      [' beside a literal U+FFFD', '"a":"\uFFFD"'],
      [' beside many errors of its metadata', `"a":[${'1e400,'.repeat(500)}0]`],
      [' beside metadata that nest too deep', `"a":${'['.repeat(100)}${']'.repeat(100)}`],
    ])('is refused%s', async (_, metadata) => {
      await deliver(handler, requestText('{"notes":"a","notes":"b"}', metadata));

      expect(publishedEvents()).toMatchObject([{
        type: 'OrderChangeRefused', data: { code: 'INVALID_COMMAND', errors: [{ path: '/patch/notes', code: 'DUPLICATE_KEY' }] },
      }]);
      expect(table.puts).toEqual([]);
    });

    test('is applied when it only contains U+FFFD', async () => {
      table.seed(confirmedItem());
      await deliver(handler, requestText('{"notes":"\uFFFD"}', '"a":"\uFFFD"'));

      expect(table.order()).toMatchObject({ version: 2, order: { notes: '\uFFFD' } });
    });
  });
});

test('the log holds nothing of what is in a change', async () => {
  table.seed(confirmedItem());
  await deliver(handler, onTheBus(changeRequested({}, { patch: { notes: 'canary', attributes: { canary: 'canary' } } })), fromOutside('OrderChangeRequested', { canary: 'canary' }));

  expect(loggedOutcomes()).toHaveLength(2);
  expect(loggedText()).not.toContain('canary');
});

behavesAsCommandConsumer(handler, (orderId, commandId) => onTheBus(changeRequested({ orderId, commandId, sequence: 1 })));
