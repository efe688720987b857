import { fileView } from '#shared';
import { checkedFile, fileIdOf, receivedFile } from '../../../support/sample-files';

const progress = { sent: 2, position: { encoding: 'identity', format: 'ndjson', offset: 20, index: 2, line: 3 } } as const;

test('the view has the file and its state, without internal attributes', () => {
  expect(Object.keys(fileView(checkedFile({ progress, notified: true, checksum: 'c' }))).sort()).toEqual([
    'bucket', 'checksum', 'counts', 'errors', 'fileId', 'key', 'receivedAt', 'report', 'sent', 'size', 'state', 'uploadedAt', 'uploadedBy', 'validatedAt',
  ]);
});

test('a file that is being checked has no report', () => {
  expect(fileView(receivedFile())).not.toHaveProperty('report');
});

test.each(['VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED'] as const)('a file that is %s has its report', (state) => {
  expect(fileView(checkedFile({ state })).report).toEqual({
    bucket: 'files', key: `reports/${fileIdOf(1)}.ndjson`, summaryKey: `reports/${fileIdOf(1)}.summary.json`,
  });
});

describe('the outcomes of orders', () => {
  const known = { confirmed: 1, changed: 0, unchanged: 0, rejected: 1 };

  test('are shown with the number of pending orders when they are given or all known', () => {
    expect(fileView(checkedFile({ state: 'EXTRACTING' }), known).outcomes).toEqual({ ...known, pending: 1 });
    expect(fileView(checkedFile({ state: 'COMPLETED', outcomes: { ...known, unchanged: 1 } })).outcomes).toEqual({ ...known, unchanged: 1, pending: 0 });
  });

  test('are not shown when they are unknown, or when no orders are sent', () => {
    expect(fileView(checkedFile({ state: 'COMPLETED' }))).not.toHaveProperty('outcomes');
    expect(fileView(checkedFile({ state: 'REJECTED' }), known)).not.toHaveProperty('outcomes');
    expect(fileView(receivedFile(), known)).not.toHaveProperty('outcomes');
  });

  test('come without internal attributes', () => {
    const view = fileView(checkedFile({ state: 'COMPLETED', outcomesNotified: true, rejectionsAlerted: true, validByChunk: [1] }));
    for (const name of ['outcomesNotified', 'rejectionsAlerted', 'validByChunk']) expect(view).not.toHaveProperty(name);
  });
});

test('the view always has the number of orders sent', () => {
  expect(fileView(checkedFile()).sent).toBe(0);
  expect(fileView(checkedFile({ progress })).sent).toBe(2);
});
