import { MAX_ALERT_ERRORS, oneLine, printable, sourceLines, tenantAttribute, type Alert } from './file-alert';
import type { RejectedFileOrder } from './file-order-rejection';
import type { ProcessedFile } from './file-record';
import { knownOutcomes } from './outcome-chunk';
import { FILE_EVENT_TYPE } from '../../../src/private/contract';

/** The number of rejected orders in an alert. */
export const MAX_ALERT_REJECTIONS = MAX_ALERT_ERRORS;

/** Creates the SNS message about orders of a file that were rejected after they were sent. Subscribers can filter it by its attributes. */
export function rejectedOrdersAlert(file: ProcessedFile, first: readonly RejectedFileOrder[]): Alert {
  const { key, fileId, bucket, outcomes: { rejected } } = file;
  return {
    Subject: printable(`Order file has ${rejected} rejected orders: ${key.split('/').at(-1)!}`),
    Message: text(file, first),
    MessageAttributes: {
      eventType: { DataType: 'String', StringValue: FILE_EVENT_TYPE.ORDER_FILE_PROCESSED },
      fileId: { DataType: 'String', StringValue: fileId },
      bucket: { DataType: 'String', StringValue: bucket },
      ...tenantAttribute(file),
      reason: { DataType: 'String', StringValue: 'REJECTED_ORDERS' },
      rejectedOrders: { DataType: 'Number', StringValue: String(rejected) },
    },
  };
}

function text(file: ProcessedFile, first: readonly RejectedFileOrder[]): string {
  const { fileId, outcomes } = file;
  const { confirmed, changed, unchanged, rejected } = outcomes;
  return [
    'Valid orders of an order file were rejected after they were sent to the orders queue. All of its other valid orders are stored. '
      + 'Fix the rejected orders and upload them in a new file.',
    '',
    ...sourceLines(file),
    `Orders:  ${knownOutcomes(outcomes)} sent: ${confirmed} confirmed, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected`,
    '',
    'First rejected orders:',
    ...first.slice(0, MAX_ALERT_REJECTIONS).map(({ index, orderId, code, reason, errors }) =>
      `  order ${index} (${orderId}): ${reason} [${code}]${errors.map((error) => `; ${oneLine(error.message)} [${error.code}]`).slice(0, 1).join('')}`),
    ...(rejected > MAX_ALERT_REJECTIONS ? ['  … for more, see the list'] : []),
    '',
    `List:    GET /files/${fileId}/orders?outcome=REJECTED`,
    `File ID: ${fileId}`,
  ].join('\n');
}
