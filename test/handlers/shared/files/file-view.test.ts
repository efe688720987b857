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

test('the view always has the number of orders sent', () => {
  expect(fileView(checkedFile()).sent).toBe(0);
  expect(fileView(checkedFile({ progress })).sent).toBe(2);
});
