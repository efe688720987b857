import type { PublishCommandInput } from '@aws-sdk/client-sns';
import type { CheckedFile } from './file-record';
import { reportKey } from './report-keys';

/** So many errors are written out in an alert. */
const SHOWN = 5;

/** Whether somebody has to look at a file that was checked. */
export const needsAlert = ({ reason, counts }: CheckedFile): boolean => reason !== undefined || counts.invalid > 0;

/** One message for a bad file, to be read by a person and filtered by its attributes. */
export function fileAlert(file: CheckedFile): Omit<PublishCommandInput, 'TopicArn'> {
  const { key, reason, counts } = file;
  const name = key.split('/').at(-1)!;
  return {
    Subject: printable(reason ? `Order file rejected: ${name}` : `Order file with ${counts.invalid} invalid orders: ${name}`),
    Message: text(file),
    MessageAttributes: {
      eventType: { DataType: 'String', StringValue: reason ? 'OrderFileRejected' : 'OrderFileAccepted' },
      fileId: { DataType: 'String', StringValue: file.fileId },
      bucket: { DataType: 'String', StringValue: file.bucket },
      reason: { DataType: 'String', StringValue: reason?.code ?? 'INVALID_ORDERS' },
      invalidOrders: { DataType: 'Number', StringValue: String(counts.invalid) },
    },
  };
}

function text(file: CheckedFile): string {
  const { bucket, key, versionId, uploadedBy, reason, counts, errors, fileId } = file;
  const more = counts.invalid > 0 && errors.length > SHOWN ? ['  … and more in the report'] : [];
  return [
    reason ? 'An order file was rejected; none of its orders was sent.' : `An order file has invalid orders; ${counts.valid > 0 ? 'the valid ones are being sent' : 'none of its orders is valid'}.`,
    '',
    `File:    s3://${bucket}/${oneLine(key)}${versionId ? ` (version ${versionId})` : ''}`,
    ...(uploadedBy ? [`From:    ${uploadedBy}`] : []),
    ...(reason ? [`Reason:  ${reason.code}: ${reason.message}`] : []),
    `Orders:  ${counts.orders} read: ${counts.valid} valid, ${counts.repeated} repeated, ${counts.invalid} invalid`,
    ...(errors.length > 0 ? ['', 'First errors:'] : []),
    ...errors.slice(0, SHOWN).map(({ index, line, orderId, path, code, message }) =>
      `  order ${index} (line ${line}${orderId ? `, ${orderId}` : ''}): ${path ? `${oneLine(path)} ` : ''}${message} [${code}]`),
    ...more,
    '',
    `Report:  s3://${bucket}/${reportKey(fileId)}`,
    `File id: ${fileId}`,
  ].join('\n');
}

/** What somebody else chose must not write lines of its own. */
const oneLine = (name: string): string => name.replace(/[\p{Cc}\u2028\u2029]/gu, '?');

/** SNS takes subjects of up to 100 printable ASCII characters. */
const printable = (subject: string): string => subject.replace(/[^\x20-\x7e]/g, '?').slice(0, 99);
