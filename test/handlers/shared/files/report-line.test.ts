import { toText, type ReportLine } from '#shared';

const line: ReportLine = { index: 0, line: 1, offset: 0, orderId: 'order-0', outcome: 'VALID' };

test('a line is JSON and ends in a line feed', () => {
  expect(toText(line)).toBe('{"index":0,"line":1,"offset":0,"orderId":"order-0","outcome":"VALID"}\n');
});

test('a line stays one line, whatever is in it', () => {
  const errors = [{ path: '/a\r\nb\u0000', code: 'UNKNOWN_FIELD', message: 'no\nno' }];
  const text = toText({ ...line, outcome: 'INVALID', errors });

  expect(text.split(/\r|\n/)).toHaveLength(2);
  expect(JSON.parse(text).errors).toEqual(errors);
});
