import * as fc from 'fast-check';
import { ServerSentEventReader } from '../../../console/model/server-sent-events';

const STREAM = 'event: status\ndata: {"at":"now"}\n\n: a comment\n\ndata: 1\ndata: 2\n\nevent:order-event\r\ndata:{"text":"é"}\r\n\r\nevent: empty\n\n';
const EVENTS = [{ event: 'status', data: '{"at":"now"}' }, { event: 'message', data: '1\n2' }, { event: 'order-event', data: '{"text":"é"}' }];

test('events are read from one chunk; comments and events without data are skipped', () => {
  expect(new ServerSentEventReader().add(STREAM)).toEqual(EVENTS);
});

test('an event is read when its last line is there, and not earlier', () => {
  const reader = new ServerSentEventReader();
  expect(reader.add('event: status\ndata: 1\n')).toEqual([]);
  expect(reader.add('\n')).toEqual([{ event: 'status', data: '1' }]);
});

test('wherever chunks end, the same events are read', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(STREAM.length)), (ends) => {
    const reader = new ServerSentEventReader();
    const places = [0, ...ends.sort((one, other) => one - other), STREAM.length];
    expect(places.slice(1).flatMap((end, index) => reader.add(STREAM.slice(places[index], end)))).toEqual(EVENTS);
  }));
});
