import { identifyEvent } from '../../../../handlers/shared/queries/identify-event';

const event = (metadata: Record<string, unknown> | undefined, envelope: object = {}) =>
  ({ 'id': 'envelope-1', 'time': '2026-01-31T12:00:01Z', 'detail-type': 'OrderConfirmed', 'detail': { metadata }, ...envelope });

test('an event is identified by the ID and time of its metadata', () => {
  expect(identifyEvent(event({ eventId: 'event-1', occurredAt: '2026-01-31T12:00:00+01:00' })))
    .toEqual({ eventId: 'event-1', occurredAt: '2026-01-31T11:00:00.000Z' });
});

test.each<[string, Record<string, unknown> | undefined]>([
  ['has no metadata', undefined], ['has none of its own', {}], ['has wrong ones', { eventId: 'two words', occurredAt: 7 }],
])('an event is identified by the ID and time of EventBridge when it %s', (_, metadata) => {
  expect(identifyEvent(event(metadata))).toEqual({ eventId: 'envelope-1', occurredAt: '2026-01-31T12:00:01.000Z' });
});

test('an event with the metadata of another event does not have its ID', () => {
  expect(identifyEvent(event({ eventId: 'event-1', eventType: 'OrderValidated' })).eventId).toBe('envelope-1');
});

test('fails when an event has no ID or no time', () => {
  expect(() => identifyEvent(event({}, { id: undefined }))).toThrow('the event has no valid ID in metadata.eventId or from EventBridge');
  expect(() => identifyEvent(event({}, { time: undefined }))).toThrow('the event has no valid time in metadata.occurredAt or from EventBridge');
});
