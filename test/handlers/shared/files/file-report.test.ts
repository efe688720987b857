import { reportKey, selectionKey, summaryKey, toText, type ReportLine } from '#shared';
import { fileIdOf } from '../../../support/sample-files';

const line: ReportLine = { index: 0, line: 1, offset: 0, orderId: 'order-0', outcome: 'VALID' };

test('a line is JSON and ends with a line feed', () => {
  expect(toText(line)).toBe('{"index":0,"line":1,"offset":0,"orderId":"order-0","outcome":"VALID"}\n');
});

test('a line remains one line for any content', () => {
  const errors = [{ path: '/a\r\nb\u0000', code: 'UNKNOWN_FIELD', message: 'no\nno' }];
  const text = toText({ ...line, outcome: 'INVALID', errors });

  expect(text.split(/\r|\n/)).toHaveLength(2);
  expect(JSON.parse(text).errors).toEqual(errors);
});

test('report, summary and selection have separate keys in reports/', () => {
  const keys = [reportKey, summaryKey, selectionKey].map((toKey) => toKey({ fileId: fileIdOf(1) }));

  expect(keys).toEqual([`reports/${fileIdOf(1)}.ndjson`, `reports/${fileIdOf(1)}.summary.json`, `reports/${fileIdOf(1)}.selection`]);
});
