import { reportKey, summaryKey, selectionKey } from '#shared';
import { fileIdOf } from '../../../support/sample-files';

test('what is written about a file is in reports/, under its id, each in a place of its own', () => {
  const keys = [reportKey, summaryKey, selectionKey].map((toKey) => toKey(fileIdOf(1)));

  expect(keys).toEqual([`reports/${fileIdOf(1)}.ndjson`, `reports/${fileIdOf(1)}.summary.json`, `reports/${fileIdOf(1)}.verdicts`]);
});
