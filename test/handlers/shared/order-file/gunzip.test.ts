import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { opener, readAll, ROOMY, summary } from '../../../support/order-file-bytes';

const text = `[${Array.from({ length: 150 }, (_, n) => JSON.stringify({ n, noise: Math.sin(n) })).join(',\n')}]`;

const read = async (file: Buffer, size = 1e9) => readAll(opener(file, () => size));

test('a file can have several members, with chunks of any size', async () => {
  const file = Buffer.concat([gzipSync('[1,{"a'), gzipSync(''), gzipSync('":2}'), gzipSync(',3]')]);
  const expected = { orders: [[0, 1, 1, '1'], [1, 1, 3, '{"a":2}'], [2, 1, 11, '3']], failure: undefined };
  for (let size = 1; size <= file.length; size++) expect(summary(await read(file, size))).toEqual(expected);
});

test.each([1, 2, 7, 1e9])('chunks can have %d bytes', async (size) => {
  expect(summary(await read(gzipSync(text), size))).toEqual(summary(await read(Buffer.from(text))));
});

describe('fails when', () => {
  const file = gzipSync(text);
  const half = Math.floor(file.length / 2);
  const flipped = Buffer.from(file);
  flipped[half]++;
  const wrongSum = Buffer.from(file);
  wrongSum[file.length - 6]++;

  test.each([
    ['it is cut short', file.subarray(0, -1)],
    ['it is cut in half', file.subarray(0, half)],
    ['nothing but its first two bytes is there', file.subarray(0, 2)],
    ['a byte of it is another', flipped],
    ['its checksum does not match', wrongSum],
    ['other bytes follow it', Buffer.concat([file, Buffer.from('x')])],
    ['zeros follow it', Buffer.concat([file, Buffer.alloc(3)])],
    ['zeros and other bytes follow it', Buffer.concat([file, Buffer.alloc(3), Buffer.from('x')])],
    ['half a member follows it', Buffer.concat([file, file.subarray(0, 9)])],
  ])('%s', async (_, bytes) => {
    for (const size of [1, file.length, 1e9]) {
      const { failure } = await read(bytes, size);
      expect(failure).toMatchObject({ code: 'INVALID_GZIP', message: expect.stringMatching(/^the file is not valid gzip: /), line: expect.any(Number) });
      expect(failure!.offset).toBeLessThanOrEqual(text.length);
    }
  });

  test('the error has the location in the uncompressed file', async () => {
    const { failure } = await read(Buffer.concat([gzipSync('[1,\n2'), Buffer.from('xx')]), 1e9);

    expect(failure).toMatchObject({ offset: expect.any(Number), code: 'INVALID_GZIP' });
  });

  test('it inflates without end, at the maximum size', async () => {
    const bomb = Buffer.concat([gzipSync('['), ...Array<Buffer>(200).fill(gzipSync(Buffer.alloc(1e6, ' ')))]);
    let given = 0;
    let isClosed = false;
    async function* open() {
      try {
        for await (const chunk of opener(bomb, () => 1000)(0)) {
          given += chunk.length;
          yield chunk;
        }
      } finally {
        isClosed = true;
      }
    }
    const { failure } = await readAll(open, { ...ROOMY, maxFileSize: 1e6 });

    expect(failure).toMatchObject({ code: 'FILE_TOO_LARGE', offset: 1e6, line: 1 });
    expect(given).toBeLessThan(bomb.length / 2);
    // Streams clean up behind themselves when the others are done.
    await setTimeout(50);
    expect(isClosed).toBe(true);
  });
});
