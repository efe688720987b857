import { gzipSync } from 'node:zlib';
import { opener, readAll, summary } from '../../../support/order-file-bytes';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const utf32 = (text: string) => Buffer.concat([...text].map((character) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(character.codePointAt(0)!);
  return bytes;
}));
const bytesOf = (...bytes: number[]) => Buffer.concat([Buffer.from(bytes), Buffer.alloc(100, 1)]);
const TEXTS = ['{"orderId":"1"}\n{"orderId":"2"}\n', '\n[{"orderId":"1"}]', 'orderId;sku\r\n1;2\r\n'];

async function failureOf(file: Buffer) {
  const { orders, failure } = await readAll(opener(file));
  expect(orders).toEqual([]);
  expect(summary(await readAll(opener(file, () => 1))).failure).toEqual(summary({ orders, parts: [], failure }).failure);
  return failure;
}

const NOT_UTF8: [string, (text: string) => Buffer, string][] = [
  ['UTF-16 with the lower byte first and a byte order mark', (text) => utf16(`\uFEFF${text}`), 'UTF-16'],
  ['UTF-16 with the higher byte first and a byte order mark', (text) => utf16(`\uFEFF${text}`).swap16(), 'UTF-16'],
  ['UTF-16 with the lower byte first', utf16, 'UTF-16'],
  ['UTF-16 with the higher byte first', (text) => utf16(text).swap16(), 'UTF-16'],
  ['UTF-32 with the lower byte first and a byte order mark', (text) => utf32(`\uFEFF${text}`), 'UTF-32'],
  ['UTF-32 with the higher byte first and a byte order mark', (text) => utf32(`\uFEFF${text}`).swap32(), 'UTF-32'],
  ['UTF-32 with the lower byte first', utf32, 'UTF-32'],
  ['UTF-32 with the higher byte first', (text) => utf32(text).swap32(), 'UTF-32'],
];

test.each(NOT_UTF8)('fails when a file is %s, plain or gzip', async (_, encode, name) => {
  for (const text of TEXTS) {
    for (const file of [encode(text), gzipSync(encode(text))]) {
      expect(await failureOf(file)).toMatchObject({ code: 'NOT_UTF8', offset: 0, line: 1, message: `the file is ${name}; save it as UTF-8 (byte 0, line 1)` });
    }
  }
});

test.each<[string, Buffer, string]>([
  ['a ZIP archive or a workbook', bytesOf(0x50, 0x4b, 3, 4), 'is a ZIP archive or an Excel workbook; upload the files of the archive, or export'],
  ['an empty ZIP archive', Buffer.concat([Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(18)]), 'is a ZIP archive'],
  ['an old workbook', bytesOf(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'is an Excel workbook or another document of old Office versions; export'],
  ['a PDF document', Buffer.from('%PDF-1.7\n'), 'is a PDF document; export'],
  ['gzip within gzip', gzipSync(gzipSync('[]')), 'is compressed with gzip twice; compress it once'],
  ['Zstandard', bytesOf(0x28, 0xb5, 0x2f, 0xfd), 'is compressed with Zstandard; use gzip'],
  ['bzip2', Buffer.concat([Buffer.from('BZh91AY&SY'), Buffer.alloc(9)]), 'is compressed with bzip2; use gzip'],
  ['xz', bytesOf(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), 'is compressed with xz; use gzip'],
  ['7z', bytesOf(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), 'is a 7z archive; upload the files of the archive'],
])('fails when a file is %s, by name', async (_, file, message) => {
  for (const stored of [file, gzipSync(file)]) {
    if (stored === file && file[0] === 0x1f) expect(await failureOf(stored)).toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    else if (file[0] !== 0x1f) expect(await failureOf(stored)).toMatchObject({ code: 'UNSUPPORTED_FORMAT', offset: 0, line: 1, message: expect.stringContaining(message) });
  }
});

test('a file of fewer bytes than a signature is read', async () => {
  for (const text of ['[]', '[1]', '{}']) expect((await readAll(opener(Buffer.from(text), () => 1))).failure).toBeUndefined();
});

test('the download of a refused file is stopped', async () => {
  for (const isGzip of [false, true]) {
    let isClosed = false;
    const archive = bytesOf(0x50, 0x4b, 3, 4);
    const stored = isGzip ? gzipSync(archive) : archive;
    async function* open() {
      try {
        for (;;) yield stored;
      } finally {
        isClosed = true;
      }
    }
    expect((await readAll(open)).failure?.code).toBe('UNSUPPORTED_FORMAT');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isClosed).toBe(true);
  }
});
