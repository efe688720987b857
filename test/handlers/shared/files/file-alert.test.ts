import * as fc from 'fast-check';
import { fileAlert, needsAlert, type CheckedFile, type FileFieldError } from '#shared';
import { checkedFile, fileIdOf } from '../../../support/sample-files';

const counts = { orders: 9, valid: 3, repeated: 1, invalid: 5 };
const reason = { code: 'TRUNCATED', message: 'the file ends too early (byte 9, line 2)', offset: 9, line: 2 };
const errorAt = (index: number, changes: Partial<FileFieldError> = {}): FileFieldError =>
  ({ index, line: index + 1, offset: 10 * index, orderId: `order-${index}`, path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 1', ...changes });

const badFile = (changes: Partial<CheckedFile> = {}) => checkedFile({ counts, errors: [errorAt(3)], ...changes });
const linesOf = (changes: Partial<CheckedFile> = {}) => fileAlert(badFile(changes)).Message!.split('\n');

describe('an alert is necessary', () => {
  test('for a rejected file or invalid orders, but not for repeats', () => {
    expect(needsAlert(checkedFile({ reason }))).toBe(true);
    expect(needsAlert(checkedFile({ counts }))).toBe(true);
    expect(needsAlert(checkedFile({ counts: { ...counts, invalid: 0 } }))).toBe(false);
  });
});

describe('a subject', () => {
  test('states the file and what happened', () => {
    expect(fileAlert(badFile()).Subject).toBe('Order file has 5 invalid orders: orders.json');
    expect(fileAlert(badFile({ reason, key: 'incoming/2026/01/a.json' })).Subject).toBe('Order file rejected: a.json');
  });

  test('is valid for SNS for any file name: up to 100 printable ASCII characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (name, isRejected) => {
      expect(fileAlert(badFile({ key: `incoming/${name}`, ...(isRejected ? { reason } : {}) })).Subject).toMatch(/^Order file [\x20-\x7e]{0,89}$/);
    }));
  });

  test('contains no line breaks from the file name', () => {
    expect(fileAlert(badFile({ reason, key: 'incoming/a\r\nBcc: x' })).Subject).toBe('Order file rejected: a??Bcc: x');
  });
});

describe('a message', () => {
  test('contains the file, its uploader, the counts, the errors and the report location', () => {
    expect(linesOf({ versionId: 'v1' })).toEqual([
      'An order file has invalid orders. Its valid orders are being processed. Fix the invalid orders and upload them in a new file.',
      '',
      'File:    s3://files/incoming/orders.json (version v1)',
      'From:    AWS:AROAEXAMPLE:shop',
      'Orders:  9 read: 3 valid, 1 repeated, 5 invalid',
      '',
      'First errors:',
      '  order 3 (line 4, order-3): /total must be 1 [TOTAL_MISMATCH]',
      '',
      `Report:  s3://files/reports/${fileIdOf(1)}.ndjson`,
      `File ID: ${fileIdOf(1)}`,
    ]);
  });

  test('contains the reason for a rejection, and omits unknown values', () => {
    const { uploadedBy, ...file } = checkedFile({ reason });

    expect(fileAlert(file).Message!.split('\n')).toEqual([
      'An order file was rejected. None of its orders was processed. Fix the errors and upload the file again.',
      '',
      'File:    s3://files/incoming/orders.json',
      'Reason:  TRUNCATED: the file ends too early (byte 9, line 2)',
      'Orders:  3 read: 3 valid, 0 repeated, 0 invalid',
      '',
      `Report:  s3://files/reports/${fileIdOf(1)}.ndjson`,
      `File ID: ${fileIdOf(1)}`,
    ]);
  });

  test('contains at most five errors, and refers to the report for more', () => {
    const five = Array.from({ length: 5 }, (_, index) => errorAt(index));

    expect(linesOf({ errors: five }).filter((line) => line.startsWith('  '))).toHaveLength(5);
    const lines = linesOf({ errors: [...five, errorAt(5)] }).filter((line) => line.startsWith('  '));
    expect(lines.slice(5)).toEqual(['  … for more errors, see the report']);
  });

  test('identifies an order without an ID by its location, and an error of the whole order without a path', () => {
    expect(linesOf({ errors: [errorAt(3, { orderId: undefined, path: '', code: 'INVALID_JSON', message: 'the line is not JSON' })] }))
      .toContain('  order 3 (line 4): the line is not JSON [INVALID_JSON]');
  });

  test('contains no additional lines from the file name', () => {
    const key = 'incoming/a\n\nReport:  https://evil.example\r\u2028x';

    expect(linesOf({ key })).toHaveLength(linesOf().length);
    expect(fileAlert(badFile({ key })).Message).not.toMatch(/[^\n\P{Cc}]|[\u2028\u2029]/u);
  });

  test('contains no additional lines from field names', () => {
    expect(linesOf({ errors: [errorAt(3, { path: '/x\nReport:  https:~1~1evil.example', code: 'UNKNOWN_FIELD' })] })).toHaveLength(linesOf().length);
  });

  test('stays small for any file name', () => {
    const { Message } = fileAlert(badFile({ key: `incoming/${'€'.repeat(338)}`, errors: Array.from({ length: 20 }, (_, n) => errorAt(n)) }));

    expect(Buffer.byteLength(Message!)).toBeLessThan(8 * 1024);
  });
});

test('attributes allow subscribers to filter', () => {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });

  expect(fileAlert(badFile()).MessageAttributes).toEqual({
    eventType: text('OrderFileAccepted'),
    fileId: text(fileIdOf(1)),
    bucket: text('files'),
    reason: text('INVALID_ORDERS'),
    invalidOrders: { DataType: 'Number', StringValue: '5' },
  });
  expect(fileAlert(badFile({ reason })).MessageAttributes).toMatchObject({ eventType: text('OrderFileRejected'), reason: text('TRUNCATED') });
});
