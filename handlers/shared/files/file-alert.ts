import type { PublishCommandInput } from '@aws-sdk/client-sns';
import type { CheckedFile, FileRecord } from './file-record';
import { reportKey } from './file-report';

/** The maximum number of errors in an alert. */
export const MAX_ALERT_ERRORS = 5;

/** An SNS message, without its topic. */
export type Alert = Omit<PublishCommandInput, 'TopicArn'>;

/** Returns whether a checked file needs an alert. */
export const needsAlert = ({ reason, counts }: CheckedFile): boolean => reason !== undefined || counts.invalid > 0;

/** Creates the SNS message about a rejected file or invalid orders. Subscribers can filter it by its attributes. */
export function fileAlert(file: CheckedFile): Alert {
  const { key, reason, counts } = file;
  const name = key.split('/').at(-1)!;
  return {
    Subject: printable(reason ? `Order file rejected: ${name}` : `Order file has ${counts.invalid} invalid orders: ${name}`),
    Message: text(file),
    MessageAttributes: {
      eventType: { DataType: 'String', StringValue: reason ? 'OrderFileRejected' : 'OrderFileAccepted' },
      fileId: { DataType: 'String', StringValue: file.fileId },
      bucket: { DataType: 'String', StringValue: file.bucket },
      ...tenantAttribute(file),
      reason: { DataType: 'String', StringValue: reason?.code ?? 'INVALID_ORDERS' },
      invalidOrders: { DataType: 'Number', StringValue: String(counts.invalid) },
    },
  };
}

/** With it, a subscription receives the alerts of one tenant. */
export const tenantAttribute = ({ tenant }: FileRecord): Alert['MessageAttributes'] =>
  (tenant === undefined ? {} : { tenant: { DataType: 'String', StringValue: tenant } });

function text(file: CheckedFile): string {
  const { bucket, reason, counts, errors, fileId } = file;
  const validOrders = counts.valid > 0 ? 'Its valid orders are being processed.' : 'None of its orders is valid.';
  const more = counts.invalid > 0 && errors.length > MAX_ALERT_ERRORS ? ['  … for more errors, see the report'] : [];
  return [
    reason
      ? 'An order file was rejected. None of its orders was processed. Fix the errors and upload the file again.'
      : `An order file has invalid orders. ${validOrders} Fix the invalid orders and upload them in a new file.`,
    '',
    ...sourceLines(file),
    ...(reason ? [`Reason:  ${reason.code}: ${reason.message}`] : []),
    `Orders:  ${counts.orders} read: ${counts.valid} valid, ${counts.repeated} repeated, ${counts.invalid} invalid`,
    ...(errors.length > 0 ? ['', 'First errors:'] : []),
    ...errors.slice(0, MAX_ALERT_ERRORS).map(({ index, line, orderId, path, code, message }) =>
      `  order ${index} (line ${line}${orderId ? `, ${orderId}` : ''}): ${path ? `${oneLine(path)} ` : ''}${message} [${code}]`),
    ...more,
    '',
    `Report:  s3://${bucket}/${reportKey(file)}`,
    `File ID: ${fileId}`,
  ].join('\n');
}

/** The lines about the upload. */
export const sourceLines = ({ bucket, key, versionId, uploadedBy }: FileRecord): string[] => [
  `File:    s3://${bucket}/${oneLine(key)}${versionId ? ` (version ${versionId})` : ''}`,
  ...(uploadedBy ? [`From:    ${uploadedBy}`] : []),
];

/** Names from outside must not add lines to the message. */
export const oneLine = (name: string): string => name.replace(/[\p{Cc}\u2028\u2029]/gu, '?');

/** SNS subjects have up to 100 printable ASCII characters. */
export const printable = (subject: string): string => subject.replace(/[^\x20-\x7e]/g, '?').slice(0, 99);
