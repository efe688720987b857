import { decodeTime, isValid } from 'ulid';
import { commandSchema, newCommandId, orderMessages } from '#shared';
import { fileIdOf, rawOrder, receivedFile } from '../../../support/sample-files';
import { sampleOrder } from '../../../support/sample-order';

const FILE = receivedFile();
const entryOf = (n: number, file = FILE) => orderMessages(file)(rawOrder(sampleOrder({ orderId: `order-${n}` }), n));
const commandOf = (entry: ReturnType<typeof entryOf>) => JSON.parse(entry.MessageBody!);
const commandIdOf = (n: number, file = FILE): string => commandOf(entryOf(n, file)).commandId;

test('an order becomes a PlaceOrder command in the message group of the order', () => {
  const entry = entryOf(7);

  expect(commandSchema.parse(commandOf(entry))).toEqual({
    schemaVersion: 1,
    commandType: 'PlaceOrder',
    commandId: expect.any(String),
    orderId: 'order-7',
    correlationId: fileIdOf(1),
    channel: 'file',
    receivedAt: FILE.receivedAt,
    payload: sampleOrder({ orderId: 'order-7' }),
  });
  expect(entry).toMatchObject({ MessageGroupId: 'order-7', MessageDeduplicationId: commandIdOf(7) });
});

test('an order has the policy of its file for existing orders', () => {
  expect(commandOf(entryOf(7))).not.toHaveProperty('onExistingOrder');
  expect(commandSchema.parse(commandOf(entryOf(7, { ...FILE, onExistingOrder: 'CHANGE' }))).onExistingOrder).toBe('CHANGE');
});

describe('its command ID', () => {
  test('is the same at any time and in any state of the file', () => {
    expect(commandIdOf(7, { ...FILE, state: 'EXTRACTING', notified: true })).toBe(commandIdOf(7));
  });

  test('is different for another index, file or time', () => {
    const [otherFile, later] = [{ ...FILE, fileId: `1${FILE.fileId.slice(1)}` }, { ...FILE, receivedAt: '2026-01-31T12:00:00.001Z' }];
    const ids = [commandIdOf(7), commandIdOf(8), commandIdOf(7, otherFile), commandIdOf(7, later)];

    expect(new Set(ids).size).toBe(4);
  });

  test('is different for each of ten thousand orders', () => {
    expect(new Set(Array.from({ length: 10_000 }, (_, n) => commandIdOf(n))).size).toBe(10_000);
  });

  test('is a ULID with the time at which the file was received', () => {
    for (let n = 0; n < 200; n++) {
      expect(isValid(commandIdOf(n))).toBe(true);
      expect(decodeTime(commandIdOf(n))).toBe(Date.parse(FILE.receivedAt));
    }
  });

  test('sorts by time among other command IDs', () => {
    const before = commandIdOf(9, { ...FILE, receivedAt: '2026-01-31T11:59:59.999Z' });

    expect(before < commandIdOf(0)).toBe(true);
    expect(commandIdOf(0) < newCommandId()).toBe(true);
  });

  test('is the same in every release, so that an extraction can continue after a deployment', () => {
    expect(commandIdOf(1_000_007, { ...FILE, fileId: '0123456789abcdef0123456789abcdef' })).toBe('01KG9YS7G0014D2PF2DB00YGJ7');
  });
});

test('the payload is the original JSON, byte for byte', () => {
  const text = ' {"orderId" :\t"order-\\u0031","notes":"ü€😀\u2028\\"}","items": [1.0, -0 ,1e2]\r\n} ';
  const { MessageBody, MessageGroupId } = orderMessages(FILE)({ index: 0, line: 1, offset: 0, bytes: Buffer.from(text) });

  expect(MessageBody!.endsWith(`,"payload":${text}}`)).toBe(true);
  expect(MessageGroupId).toBe('order-1');
  expect(JSON.parse(MessageBody!).payload).toEqual(JSON.parse(text));
});

describe('the order ID is extracted', () => {
  test.each([
    ['first', '{"orderId":"order-1","notes":"n"}'],
    ['last', '{"notes":"n","orderId":"order-1"}'],
    ['among white space', '{\n"notes" : "n" ,\t"orderId"\r\n :\t "order-1" }'],
    ['with an escaped key', '{"order\\u0049d":"order-1"}'],
    ['with an escaped value', '{"orderId":"\\u006frder-1"}'],
    ['beside a text that is its key', '{"notes":"orderId","orderId":"order-1"}'],
    ['beside a field of an address with its name', '{"shippingAddress":{"orderId":"other"},"orderId":"order-1"}'],
    ['behind a field of an address with its name', '{"orderId":"order-1","shippingAddress":{"orderId":"other"}}'],
    ['with an escaped key, beside a plain one of an address', '{"shippingAddress":{"orderId":"other"},"\\u006frderId":"order-1"}'],
    ['beside an escaped quote that imitates it', '{"notes":"\\"orderId\\":\\"other\\"","orderId":"order-1"}'],
    ['beside keys that end or begin like it', '{"attributes":{"myorderId":"x","orderIdx":"y"},"orderId":"order-1"}'],
  ])('%s', (_, text) => {
    const entry = orderMessages(FILE)({ index: 0, line: 1, offset: 0, bytes: Buffer.from(text) });

    expect([entry.MessageGroupId, commandOf(entry).orderId]).toEqual(['order-1', 'order-1']);
  });
});
