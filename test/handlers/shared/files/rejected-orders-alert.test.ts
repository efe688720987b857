import { rejectedOrdersAlert, type ProcessedFile, type RejectedFileOrder } from '#shared';
import { checkedFile, FILE_TIME, fileIdOf } from '../../../support/sample-files';

const processed = (changes: Partial<ProcessedFile> = {}): ProcessedFile => ({
  ...checkedFile({ state: 'COMPLETED', counts: { orders: 9, valid: 9, repeated: 0, invalid: 0 } }),
  processedAt: FILE_TIME,
  outcomes: { confirmed: 5, changed: 0, unchanged: 2, rejected: 2 },
  ...changes,
});
const rejected = (index: number, changes: Partial<RejectedFileOrder> = {}): RejectedFileOrder => ({
  fileId: fileIdOf(1), index, orderId: `order-${index}`, code: 'DUPLICATE_ORDER_ID', reason: 'the ID is taken', errors: [], rejectedAt: FILE_TIME, expiresAt: 1, ...changes,
});

test('the alert states the file, the numbers, the first rejected orders and where the others are', () => {
  const errors = [{ path: '/sku', code: 'SOLD_OUT', message: 'mug is sold out' }, { path: '/sku', code: 'OTHER', message: 'other' }];
  const { Subject, Message } = rejectedOrdersAlert(processed(), [rejected(3), rejected(4, { code: 'REJECTED_BY_HOOK', reason: 'not accepted', errors })]);
  expect(Subject).toBe('Order file has 2 rejected orders: orders.json');
  expect(Message!.split('\n')).toEqual([
    'Valid orders of an order file were rejected after they were sent to the orders queue. All of its other valid orders are stored. '
      + 'Fix the rejected orders and upload them in a new file.',
    '',
    'File:    s3://files/incoming/orders.json',
    'From:    AWS:AROAEXAMPLE:shop',
    'Orders:  9 sent: 5 confirmed, 0 changed, 2 unchanged, 2 rejected',
    '',
    'First rejected orders:',
    '  order 3 (order-3): the ID is taken [DUPLICATE_ORDER_ID]',
    '  order 4 (order-4): not accepted [REJECTED_BY_HOOK]; mug is sold out [SOLD_OUT]',
    '',
    `List:    GET /files/${fileIdOf(1)}/orders?outcome=REJECTED`,
    `File ID: ${fileIdOf(1)}`,
  ]);
});

test('the alert has at most five orders, and refers to the list for more', () => {
  const file = processed({ outcomes: { confirmed: 0, changed: 0, unchanged: 0, rejected: 9 } });
  const lines = rejectedOrdersAlert(file, Array.from({ length: 9 }, (_, n) => rejected(n))).Message!.split('\n').filter((line) => line.startsWith('  '));
  expect(lines).toHaveLength(6);
  expect(lines[5]).toBe('  … for more, see the list');
});

test('messages of the validation hook add no lines', () => {
  const errors = [{ path: '', code: 'X', message: 'a\nList:    https://evil.example\u2028b' }];
  expect(rejectedOrdersAlert(processed(), [rejected(0, { errors })]).Message).toContain('; a?List:    https://evil.example?b [X]');
});

test('attributes allow subscribers to filter', () => {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  expect(rejectedOrdersAlert(processed(), []).MessageAttributes).toEqual({
    eventType: text('OrderFileProcessed'), fileId: text(fileIdOf(1)), bucket: text('files'), reason: text('REJECTED_ORDERS'), rejectedOrders: { DataType: 'Number', StringValue: '2' },
  });
});
