import { readWebhookEvent, webhookPayload } from '../../../../handlers/shared';
import { sampleWebhookEvent } from '../../../support/sample-webhooks';

const body = (detail: object, more: object = {}) => JSON.stringify({ 'id': 'eb-1', 'time': '2026-11-27T08:00:00Z', 'detail-type': 'OrderConfirmed', detail, ...more });

test('an event of the pipeline has its own ID and time', () => {
  const metadata = { eventId: 'event-1', eventType: 'OrderConfirmed', orderId: 'o-1', tenant: 'acme', occurredAt: '2026-11-27T07:59:59.123Z', sequence: 2 };
  expect(readWebhookEvent(body({ metadata, facts: { total: 1 }, data: { status: 'CONFIRMED' } }))).toEqual({
    eventId: 'event-1',
    type: 'OrderConfirmed',
    occurredAt: '2026-11-27T07:59:59.123Z',
    tenant: 'acme',
    orderId: 'o-1',
    orderKey: 'acme/o-1',
    metadata,
    facts: { total: 1 },
    data: { status: 'CONFIRMED' },
  });
});

test('an event of another system has the ID and time of EventBridge, and one about a file has no order', () => {
  expect(readWebhookEvent(body({ metadata: { fileId: 'f-1' } }))).toEqual({
    eventId: 'eb-1', type: 'OrderConfirmed', occurredAt: '2026-11-27T08:00:00.000Z', metadata: { fileId: 'f-1' }, facts: {}, data: undefined,
  });
  // It copied the metadata of another event.
  expect(readWebhookEvent(body({ metadata: { eventId: 'copied', eventType: 'OrderPlaced' } })).eventId).toBe('eb-1');
});

test.each([['not JSON', 'the body is not JSON'], ['{}', /wrong or missing/], [body({ metadata: { orderId: 'a b' } }), /wrong or missing/], [body({ metadata: {} }, { id: undefined }), /no valid ID/],
  [body({ metadata: {} }, { time: 'yesterday' }), /no valid time/]])('fails for %s', (text, message) => {
  expect(() => readWebhookEvent(text)).toThrow(message);
});

describe('the body of a request', () => {
  const event = sampleWebhookEvent({ data: { order: { notes: 'x'.repeat(2000) } } });

  test('has the type, the time, the metadata, the facts and the data of the event', () => {
    expect(JSON.parse(webhookPayload(event, 262_144))).toEqual({
      type: 'OrderChanged', timestamp: event.occurredAt, metadata: event.metadata, facts: event.facts, data: event.data,
    });
  });

  test('of an event that is too large lacks the data, and then the facts, and lists what it lacks', () => {
    expect(JSON.parse(webhookPayload(event, 1024))).toEqual({ type: 'OrderChanged', timestamp: event.occurredAt, metadata: event.metadata, facts: event.facts, omitted: ['data'] });
    const huge = { ...event, metadata: { eventId: 'e-1', orderId: 'o-1', note: 'ü'.repeat(600) } };
    expect(JSON.parse(webhookPayload(huge, 1024))).toEqual({ type: 'OrderChanged', timestamp: event.occurredAt, metadata: { eventId: 'e-1', orderId: 'o-1' }, omitted: ['data', 'facts'] });
  });
});
