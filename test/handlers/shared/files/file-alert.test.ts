import * as fc from 'fast-check';
import { fileAlert, needsAlert, type CheckedFile, type FileFieldError } from '#shared';
import { checkedFile, fileIdOf } from '../../../support/sample-files';

const counts = { orders: 9, valid: 3, repeated: 1, invalid: 5 };
const reason = { code: 'TRUNCATED', message: 'the file ends too early (byte 9, line 2)', offset: 9, line: 2 };
const errorAt = (index: number, changes: Partial<FileFieldError> = {}): FileFieldError =>
  ({ index, line: index + 1, offset: 10 * index, orderId: `order-${index}`, path: '/total', code: 'TOTAL_MISMATCH', message: 'must be 1', ...changes });

const badFile = (changes: Partial<CheckedFile> = {}) => checkedFile({ counts, errors: [errorAt(3)], ...changes });
const linesOf = (changes: Partial<CheckedFile> = {}) => fileAlert(badFile(changes)).Message!.split('\n');

describe('an alert is needed', () => {
  test('for a rejected file and for one with invalid orders, and not for repeats', () => {
    expect(needsAlert(checkedFile({ reason }))).toBe(true);
    expect(needsAlert(checkedFile({ counts }))).toBe(true);
    expect(needsAlert(checkedFile({ counts: { ...counts, invalid: 0 } }))).toBe(false);
  });
});

describe('a subject', () => {
  test('says what happened to which file', () => {
    expect(fileAlert(badFile()).Subject).toBe('Order file with 5 invalid orders: orders.json');
    expect(fileAlert(badFile({ reason, key: 'incoming/2026/01/a.json' })).Subject).toBe('Order file rejected: a.json');
  });

  test('is what SNS takes, whatever the file is called: up to 100 printable characters of ASCII', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (name, isRejected) => {
      expect(fileAlert(badFile({ key: `incoming/${name}`, ...(isRejected ? { reason } : {}) })).Subject).toMatch(/^Order file [\x20-\x7e]{0,89}$/);
    }));
  });

  test('has no line breaks of a file\'s name', () => {
    expect(fileAlert(badFile({ reason, key: 'incoming/a\r\nBcc: x' })).Subject).toBe('Order file rejected: a??Bcc: x');
  });
});

describe('a message', () => {
  test('tells the file, who uploaded it, the counts, the errors and where the report is', () => {
    expect(linesOf({ versionId: 'v1' })).toEqual([
      'An order file has invalid orders; the valid ones are being sent.',
      '',
      'File:    s3://files/incoming/orders.json (version v1)',
      'From:    AWS:AROAEXAMPLE:shop',
      'Orders:  9 read: 3 valid, 1 repeated, 5 invalid',
      '',
      'First errors:',
      '  order 3 (line 4, order-3): /total must be 1 [TOTAL_MISMATCH]',
      '',
      `Report:  s3://files/reports/${fileIdOf(1)}.ndjson`,
      `File id: ${fileIdOf(1)}`,
    ]);
  });

  test('tells why a file was rejected, and leaves out what is not known', () => {
    const { uploadedBy, ...file } = checkedFile({ reason });

    expect(fileAlert(file).Message!.split('\n')).toEqual([
      'An order file was rejected; none of its orders was sent.',
      '',
      'File:    s3://files/incoming/orders.json',
      'Reason:  TRUNCATED: the file ends too early (byte 9, line 2)',
      'Orders:  3 read: 3 valid, 0 repeated, 0 invalid',
      '',
      `Report:  s3://files/reports/${fileIdOf(1)}.ndjson`,
      `File id: ${fileIdOf(1)}`,
    ]);
  });

  test('has five errors at most, and says that there are more', () => {
    const five = Array.from({ length: 5 }, (_, index) => errorAt(index));

    expect(linesOf({ errors: five }).filter((line) => line.startsWith('  '))).toHaveLength(5);
    const lines = linesOf({ errors: [...five, errorAt(5)] }).filter((line) => line.startsWith('  '));
    expect(lines.slice(5)).toEqual(['  … and more in the report']);
  });

  test('names an order without an id by its place alone, and an error of the whole without a path', () => {
    expect(linesOf({ errors: [errorAt(3, { orderId: undefined, path: '', code: 'INVALID_JSON', message: 'the line is not JSON' })] }))
      .toContain('  order 3 (line 4): the line is not JSON [INVALID_JSON]');
  });

  test('has no lines that a file\'s name wrote', () => {
    const key = 'incoming/a\n\nReport:  https://evil.example\r\u2028x';

    expect(linesOf({ key })).toHaveLength(linesOf().length);
    expect(fileAlert(badFile({ key })).Message).not.toMatch(/[^\n\P{Cc}]|[\u2028\u2029]/u);
  });

  test('has no lines that a field\'s name wrote', () => {
    expect(linesOf({ errors: [errorAt(3, { path: '/x\nReport:  https:~1~1evil.example', code: 'UNKNOWN_FIELD' })] })).toHaveLength(linesOf().length);
  });

  test('stays small, whatever the file is called', () => {
    const { Message } = fileAlert(badFile({ key: `incoming/${'€'.repeat(338)}`, errors: Array.from({ length: 20 }, (_, n) => errorAt(n)) }));

    expect(Buffer.byteLength(Message!)).toBeLessThan(8 * 1024);
  });
});

test('attributes let a subscriber filter', () => {
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
