import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { saveCheckpoint, completeFile, recordFileCheck, FILE_STATES, markNotified, type FileProgress, type FileRecord, type FileState } from '#shared';
import { FakeFilesTable } from '../../../support/fake-files-table';
import { checkedFile, FILE_TIME, fileIdOf } from '../../../support/sample-files';

const NOW = new Date(FILE_TIME);
const FINDINGS = { counts: { orders: 1, valid: 1, repeated: 0, invalid: 0 }, errors: [], checksum: 'c' };
const progressAt = (index: number): FileProgress =>
  ({ sent: index, position: { encoding: 'identity', format: 'ndjson', offset: 10 * index, index, line: index + 1 } });

/** What a write makes of a record; nothing when its condition does not hold. */
function written(request: UpdateCommandInput, before?: FileRecord): Partial<FileRecord> | 'refused' {
  const table = new FakeFilesTable();
  if (before) table.seed(before);
  try {
    return table.update(request).Attributes as Partial<FileRecord>;
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
  recordFileCheck: [recordFileCheck(table, id, FINDINGS, NOW), ['RECEIVED']],
  markNotified: [markNotified(table, checkedFile(), 'notified'), ['VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED']],
  saveCheckpoint: [saveCheckpoint(table, checkedFile(), progressAt(5)), ['VALIDATED', 'EXTRACTING']],
  completeFile: [completeFile(table, id, NOW), ['VALIDATED', 'EXTRACTING']],
};

describe.each(Object.entries(WRITES))('%s', (_, [request, from]) => {
  test.each(FILE_STATES)('is made in the states it belongs to, and refused in others: %s', (state) => {
    expect(written(request, inState(state)) !== 'refused').toBe(from.includes(state));
  });

  test('makes no record where there is none', () => {
    expect(written(request)).toBe('refused');
  });

  test('is about one file of one table, and gives the record as it stands, whatever comes of it', () => {
    expect(request).toMatchObject({ TableName: table, Key: { fileId: id }, ReturnValues: 'ALL_NEW', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
  });
});

describe('the conclusion of a check', () => {
  test('makes a good file VALIDATED, with what was found, not yet told', () => {
    expect(written(recordFileCheck(table, id, FINDINGS, NOW), inState('RECEIVED'))).toMatchObject({
      ...FINDINGS, state: 'VALIDATED', validatedAt: FILE_TIME, notified: false,
    });
  });

  test('makes a bad file REJECTED, with the reason', () => {
    const reason = { code: 'EMPTY_FILE', message: 'it is empty' };

    expect(written(recordFileCheck(table, id, { ...FINDINGS, checksum: undefined, reason }, NOW), inState('RECEIVED'))).toMatchObject({ state: 'REJECTED', reason });
  });
});

test('telling of a file leaves its state alone', () => {
  expect(written(markNotified(table, checkedFile(), 'notified'), inState('EXTRACTING'))).toEqual(inState('EXTRACTING', { notified: true }));
  expect(written(markNotified(table, checkedFile(), 'alerted'), inState('REJECTED'))).toEqual(inState('REJECTED', { alerted: true }));
});

describe('a checkpoint', () => {
  const at = (index: number) => inState('EXTRACTING', { progress: progressAt(index) });

  test('is the first when there was none', () => {
    expect(written(saveCheckpoint(table, inState('VALIDATED'), progressAt(5)), inState('VALIDATED'))).toMatchObject({ state: 'EXTRACTING', progress: progressAt(5) });
  });

  test('follows the one that it was made from', () => {
    expect(written(saveCheckpoint(table, at(5), progressAt(9)), at(5))).toMatchObject({ state: 'EXTRACTING', progress: progressAt(9) });
  });

  test.each([['another is further', 7], ['another is behind', 3]])('fails when %s', (_, index) => {
    expect(written(saveCheckpoint(table, at(5), progressAt(9)), at(index))).toBe('refused');
  });

  test('fails when it takes itself for the first, and is not', () => {
    expect(written(saveCheckpoint(table, inState('VALIDATED'), progressAt(9)), at(5))).toBe('refused');
  });

  test('fails when it follows one that is not there', () => {
    expect(written(saveCheckpoint(table, at(5), progressAt(9)), inState('EXTRACTING'))).toBe('refused');
  });
});

test('a file is completed at a time', () => {
  expect(written(completeFile(table, id, NOW), inState('EXTRACTING'))).toMatchObject({ state: 'COMPLETED', completedAt: FILE_TIME });
});
