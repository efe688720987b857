import { fileCheckedEvent, fileCompletedEvent, fileProcessedEvent } from '#shared';
import { checkedFile, FILE_TIME, fileIdOf } from '../../../support/sample-files';

const reason = { code: 'EMPTY_FILE', message: 'it is empty', offset: 0, line: 1 };
const error = { index: 0, line: 1, offset: 0, path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 1' };

test('a valid file is accepted, with its counts and its report key', () => {
  expect(fileCheckedEvent(checkedFile({ versionId: 'v1' }))).toEqual({
    type: 'OrderFileAccepted',
    metadata: {
      eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventType: 'OrderFileAccepted',
      schemaVersion: 1,
      fileId: fileIdOf(1),
      correlationId: fileIdOf(1),
      causationId: fileIdOf(1),
      occurredAt: '2026-01-31T12:00:01.000Z',
      channel: 'file',
    },
    data: { bucket: 'files', key: 'incoming/orders.json', versionId: 'v1', counts: checkedFile().counts, reportKey: `reports/${fileIdOf(1)}.ndjson` },
  });
});

test('the event of a file in a bucket without versioning has no version', () => {
  expect(fileCheckedEvent(checkedFile()).data).not.toHaveProperty('versionId');
});

test('an invalid file is rejected, with the reason and the first errors', () => {
  expect(fileCheckedEvent(checkedFile({ reason, errors: [error] }))).toMatchObject({ type: 'OrderFileRejected', data: { reason, errors: [error] } });
});

test('the errors of an accepted file are only in its report', () => {
  expect(fileCheckedEvent(checkedFile({ errors: [error] })).data).not.toHaveProperty('errors');
});

test('a file is completed when its last order is sent', () => {
  expect(fileCompletedEvent(checkedFile(), new Date(FILE_TIME))).toMatchObject({
    type: 'OrderFileCompleted', metadata: { eventType: 'OrderFileCompleted', occurredAt: FILE_TIME }, data: { counts: { valid: 3 } },
  });
});

test('a file is processed when the outcomes of its orders are known', () => {
  const outcomes = { confirmed: 1, changed: 0, unchanged: 0, rejected: 2 };
  const event = fileProcessedEvent({ ...checkedFile({ state: 'COMPLETED' }), outcomes, processedAt: FILE_TIME });
  expect(event).toMatchObject({
    type: 'OrderFileProcessed', metadata: { eventType: 'OrderFileProcessed', fileId: fileIdOf(1), occurredAt: FILE_TIME }, data: { counts: { valid: 3 }, outcomes },
  });
  expect(event.metadata.eventId).not.toBe(fileCompletedEvent(checkedFile(), new Date()).metadata.eventId);
});

test('a repeated event has the same ID, at any time and in any state of the file', () => {
  const again = checkedFile({ state: 'COMPLETED', notified: true });

  expect(fileCheckedEvent(again)).toEqual(fileCheckedEvent(checkedFile()));
  expect(fileCompletedEvent(again, new Date()).metadata.eventId).toBe(fileCompletedEvent(checkedFile(), new Date(0)).metadata.eventId);
});

test('different events of a file, and events of different files, have different IDs', () => {
  const file = checkedFile();
  const others = [fileCheckedEvent({ ...file, reason }), fileCheckedEvent({ ...file, fileId: fileIdOf(2) })];
  const events = [fileCheckedEvent(file), fileCompletedEvent(file, new Date()), ...others];

  expect(new Set(events.map(({ metadata }) => metadata.eventId)).size).toBe(4);
});

test('IDs are the same in every release', () => {
  expect(fileCheckedEvent(checkedFile()).metadata.eventId).toBe('ab275e94c4dfe1acd80bb09f61f5bfbf');
});
