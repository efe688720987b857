import { OrderFileError, type OrderFileErrorCode } from './order-file-error';

/** The number of bytes that identify each of the formats. */
export const SIGNATURE_SIZE = 10;

const EXPORT_AS = 'export the orders as JSON or CSV in UTF-8';

/** Formats of files that cannot be read, by their first bytes as Latin-1, and what to do instead. */
const FORMATS: readonly (readonly [signature: RegExp, code: OrderFileErrorCode, description: string])[] = [
  [/^(\xff\xfe\0\0|\0\0\xfe\xff|[\t\n\r -~]\0\0\0|\0\0\0[\t\n\r -~])/, 'NOT_UTF8', 'is UTF-32; save it as UTF-8'],
  [/^(\xff\xfe|\xfe\xff|[\t\n\r -~]\0|\0[\t\n\r -~])/, 'NOT_UTF8', 'is UTF-16; save it as UTF-8'],
  [/^PK(\x03\x04|\x05\x06|\x07\x08)/, 'UNSUPPORTED_FORMAT', `is a ZIP archive or an Excel workbook; upload the files of the archive, or ${EXPORT_AS}`],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'UNSUPPORTED_FORMAT', `is an Excel workbook or another document of old Office versions; ${EXPORT_AS}`],
  [/^%PDF-/, 'UNSUPPORTED_FORMAT', `is a PDF document; ${EXPORT_AS}`],
  [/^\x1f\x8b/, 'UNSUPPORTED_FORMAT', 'is compressed with gzip twice; compress it once'],
  [/^\x28\xb5\x2f\xfd/, 'UNSUPPORTED_FORMAT', 'is compressed with Zstandard; use gzip, or no compression'],
  [/^BZh[1-9]1AY&SY/, 'UNSUPPORTED_FORMAT', 'is compressed with bzip2; use gzip, or no compression'],
  [/^\xfd7zXZ\0/, 'UNSUPPORTED_FORMAT', 'is compressed with xz; use gzip, or no compression'],
  [/^7z\xbc\xaf\x27\x1c/, 'UNSUPPORTED_FORMAT', 'is a 7z archive; upload the files of the archive, plain or compressed with gzip'],
];

/**
 * Refuses an uncompressed file that is in a known format other than UTF-8 text, by its first bytes.
 *
 * @throws OrderFileError which names the format.
 */
export function refuseForeignFormat(head: Buffer): void {
  const text = head.toString('latin1', 0, SIGNATURE_SIZE);
  const format = FORMATS.find(([signature]) => signature.test(text));
  if (format) throw new OrderFileError(format[1], `the file ${format[2]}`, { offset: 0, line: 1 });
}
