import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { saveCheckpoint, completeFile, recordFileCheck, recordFileOutcomes, FILE_STATES, markNotified, type FileProgress, type FileRecord, type FileState } from '#shared';
import { FakeFilesTable } from '../../../support/fake-files-table';
import { checkedFile, FILE_TIME, fileIdOf } from '../../../support/sample-files';

const NOW = new Date(FILE_TIME);
const CHECK_RESULT = { counts: { orders: 1, valid: 1, repeated: 0, invalid: 0 }, errors: [], checksum: 'c' };
const progressAt = (index: number): FileProgress =>
  ({ sent: index, position: { encoding: 'identity', format: 'ndjson', offset: 10 * index, index, line: index + 1 } });

const OUTCOMES = { confirmed: 1, changed: 0, unchanged: 2, rejected: 3 };

/** What a write makes of a record; nothing when its condition does not hold. */
function written(request: UpdateCommandInput, before?: FileRecord): Partial<FileRecord> | 'refused' {
  const table = new FakeFilesTable();
  if (before) table.seed(before);
  try {
    table.update(request);
    return table.record(id);
  } catch (error) {
    expect(error).toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect((error as { Item?: object }).Item !== undefined).toBe(before !== undefined);
    expect(table.records).toEqual(before ? [before] : []);
    return 'refused';
  }
}

const inState = (state: FileState, changes: Partial<FileRecord> = {}) => checkedFile({ state, ...changes });
const table = 'files-table';
const id = fileIdOf(1);

/** Each write, and the states that it is made in. */
const WRITES: Record<string, [request: UpdateCommandInput, from: FileState[]]> = {
  recordFileCheck: [recordFileCheck(table, { fileId: id }, CHECK_RESULT, NOW), ['RECEIVED']],
  markNotified: [markNotified(table, checkedFile(), 'notified'), ['VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED']],
  saveCheckpoint: [saveCheckpoint(table, checkedFile(), progressAt(5)), ['VALIDATED', 'EXTRACTING']],
  completeFile: [completeFile(table, { fileId: id }, undefined, NOW), ['VALIDATED', 'EXTRACTING']],
  recordFileOutcomes: [recordFileOutcomes(table, { fileId: id }, OUTCOMES, NOW), ['COMPLETED']],
};

describe.each(Object.entries(WRITES))('%s', (_, [request, from]) => {
  test.each(FILE_STATES)('succeeds in the allowed states, and fails in others: %s', (state) => {
    expect(written(request, inState(state)) !== 'refused').toBe(from.includes(state));
  });

  test('creates no record', () => {
    expect(written(request)).toBe('refused');
  });

  test('is about one file of one table, and returns the current record in both cases', () => {
    expect(request).toMatchObject({ TableName: table, Key: { fileId: id, part: 'FILE' }, ReturnValues: 'ALL_NEW', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
  });
});

describe('the result of a check', () => {
  test('makes a valid file VALIDATED, with the result, not yet notified', () => {
    expect(written(recordFileCheck(table, { fileId: id }, CHECK_RESULT, NOW), inState('RECEIVED'))).toMatchObject({
      ...CHECK_RESULT, state: 'VALIDATED', validatedAt: FILE_TIME, notified: false,
    });
  });

  test('makes an invalid file REJECTED, with the reason', () => {
    const reason = { code: 'EMPTY_FILE', message: 'it is empty' };

    expect(written(recordFileCheck(table, { fileId: id }, { ...CHECK_RESULT, checksum: undefined, reason }, NOW), inState('RECEIVED'))).toMatchObject({ state: 'REJECTED', reason });
  });
});

test('marking a file as notified does not change its state', () => {
  expect(written(markNotified(table, checkedFile(), 'notified'), inState('EXTRACTING'))).toEqual(inState('EXTRACTING', { notified: true }));
  expect(written(markNotified(table, checkedFile(), 'alerted'), inState('REJECTED'))).toEqual(inState('REJECTED', { alerted: true }));
});

describe('a checkpoint', () => {
  const at = (index: number) => inState('EXTRACTING', { progress: progressAt(index) });

  test('is saved when there was none', () => {
    expect(written(saveCheckpoint(table, inState('VALIDATED'), progressAt(5)), inState('VALIDATED'))).toMatchObject({ state: 'EXTRACTING', progress: progressAt(5) });
  });

  test('replaces the one from which it was created', () => {
    expect(written(saveCheckpoint(table, at(5), progressAt(9)), at(5))).toMatchObject({ state: 'EXTRACTING', progress: progressAt(9) });
  });

  test.each([['another is further', 7], ['another is behind', 3]])('fails when %s', (_, index) => {
    expect(written(saveCheckpoint(table, at(5), progressAt(9)), at(index))).toBe('refused');
  });

  test('fails when it expects none, and there is one', () => {
    expect(written(saveCheckpoint(table, inState('VALIDATED'), progressAt(9)), at(5))).toBe('refused');
  });

  test('fails when it expects one, and there is none', () => {
    expect(written(saveCheckpoint(table, at(5), progressAt(9)), inState('EXTRACTING'))).toBe('refused');
  });
});

test('the outcomes of a file are recorded once, with their time', () => {
  expect(written(recordFileOutcomes(table, { fileId: id }, OUTCOMES, NOW), inState('COMPLETED'))).toMatchObject({ state: 'COMPLETED', outcomes: OUTCOMES, processedAt: FILE_TIME });
  expect(written(recordFileOutcomes(table, { fileId: id }, OUTCOMES, NOW), inState('COMPLETED', { processedAt: '2026-01-01T00:00:00.000Z' }))).toBe('refused');
});

test('a completed file has the time of completion', () => {
  expect(written(completeFile(table, { fileId: id }, undefined, NOW), inState('EXTRACTING'))).toMatchObject({ state: 'COMPLETED', completedAt: FILE_TIME });
});
