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

test('a file without orders has no window', async () => {
  expect(await windowsOf(partsOf([]))).toEqual([]);
});

test('a window ends with the part that makes it 500 orders, and the rest is the last one', async () => {
  expect(await windowsOf(partsOf([300, 199, 1, 600, 20]))).toEqual([
    { count: 500, next: 500 }, { count: 600, next: 1100 }, { count: 20, next: 1120 },
  ]);
});

test('a window ends with the part that makes it 4 MiB', async () => {
  expect(await windowsOf(partsOf([20, 20, 20, 20], 100_000))).toEqual([{ count: 60, next: 60 }, { count: 20, next: 80 }]);
});

test('there is no empty window after a full one that was the last', async () => {
  expect(await windowsOf(partsOf([500]))).toEqual([{ count: 500, next: 500 }]);
});

test('orders that are not to be sent do not fill a window, but are passed', async () => {
  expect(await windowsOf(partsOf([600, 600, 10]), (index) => index % 2 === 0)).toEqual([{ count: 600, next: 1200 }, { count: 5, next: 1210 }]);
});

test('a file of which nothing is to be sent is passed all the same', async () => {
  expect(await windowsOf(partsOf([10, 10]), () => false)).toEqual([{ count: 0, next: 20 }]);
});

test('a window ends with the next part when the time is up', async () => {
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

test('fails as it is when reading fails', async () => {
  const trouble = new Error('down');
  async function* parts(): AsyncGenerator<OrderFilePart> {
    yield* partsOf([10]);
    throw trouble;
  }

  await expect(windowsOf(parts())).rejects.toBe(trouble);
});
