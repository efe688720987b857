import { extractionBatches, type OrderFilePart, type OrderFilePosition } from '#shared';
import { rawOrder, receivedFile } from '../../../support/sample-files';

const positionAt = (index: number): OrderFilePosition => ({ encoding: 'identity', format: 'ndjson', offset: 10 * index, index, line: index + 1 });

/** A file in parts of so many orders each, of so many bytes each. */
async function* partsOf(sizes: readonly number[], bytes = 0): AsyncGenerator<OrderFilePart> {
  let index = 0;
  for (const size of sizes) {
    const orders = Array.from({ length: size }, () => rawOrder({ orderId: `order-${index}`, notes: 'n'.repeat(bytes) }, index++));
    yield { orders, next: positionAt(index) };
  }
}

/** The windows of a file: how many orders each sends, and the index that follows. */
async function windowsOf(parts: AsyncIterable<OrderFilePart>, sends: (index: number) => boolean = () => true, timeIsUp = () => false) {
  const windows: { count: number; next: number }[] = [];
  for await (const { messages, next } of extractionBatches(receivedFile(), parts, sends, timeIsUp)) {
    windows.push({ count: messages.length, next: next.index });
  }
  return windows;
}

test('a file without orders has no batch', async () => {
  expect(await windowsOf(partsOf([]))).toEqual([]);
});

test('a batch ends with the part that reaches 500 orders, and the rest is the last batch', async () => {
  expect(await windowsOf(partsOf([300, 199, 1, 600, 20]))).toEqual([
    { count: 500, next: 500 }, { count: 600, next: 1100 }, { count: 20, next: 1120 },
  ]);
});

test('a batch ends with the part that reaches 4 MiB', async () => {
  expect(await windowsOf(partsOf([20, 20, 20, 20], 100_000))).toEqual([{ count: 60, next: 60 }, { count: 20, next: 80 }]);
});

test('no empty batch follows a full one at the end of the file', async () => {
  expect(await windowsOf(partsOf([500]))).toEqual([{ count: 500, next: 500 }]);
});

test('orders that are not selected do not count, but advance the position', async () => {
  expect(await windowsOf(partsOf([600, 600, 10]), (index) => index % 2 === 0)).toEqual([{ count: 600, next: 1200 }, { count: 5, next: 1210 }]);
});

test('a file without selected orders is read to its end', async () => {
  expect(await windowsOf(partsOf([10, 10]), () => false)).toEqual([{ count: 0, next: 20 }]);
});

test('a batch ends with the next part when the time is up', async () => {
  let looks = 0;
  expect(await windowsOf(partsOf([10, 10, 10]), undefined, () => ++looks === 2)).toEqual([{ count: 20, next: 20 }, { count: 10, next: 30 }]);
});

test('each order is sent once, in the order of the file', async () => {
  const groups: string[] = [];
  for await (const { messages } of extractionBatches(receivedFile(), partsOf([400, 400, 7]), () => true, () => false)) {
    groups.push(...messages.map(({ MessageGroupId }) => MessageGroupId!));
  }

  expect(groups).toEqual(Array.from({ length: 807 }, (_, index) => `order-${index}`));
});

test('rethrows errors of reading', async () => {
  const readError = new Error('down');
  async function* parts(): AsyncGenerator<OrderFilePart> {
    yield* partsOf([10]);
    throw readError;
  }

  await expect(windowsOf(parts())).rejects.toBe(readError);
});
