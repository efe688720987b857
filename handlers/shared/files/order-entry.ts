import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { RawOrder } from '../order-file';
import type { FileRecord } from './file-record';
import { SCHEMA_VERSION } from '../../../src/private/contract';
import { commandIdInFile } from '../orders/ids';
import type { OrderCommand } from '../orders/order-command';

/** An order of a file on its way to the orders queue. */
export type OrderEntry = Omit<SendMessageBatchRequestEntry, 'Id'>;

/**
 * Makes the `PlaceOrder` commands of the valid orders of a file. A command's id follows from the file and the order's place in it, so
 * however often it is sent, it is one command. The order travels as it was written: it was read strictly before, so it means one
 * thing only.
 */
export function orderEntries({ fileId, receivedAt }: FileRecord): (raw: RawOrder) => OrderEntry {
  const common: Omit<OrderCommand, 'commandId' | 'orderId' | 'payload'> = {
    schemaVersion: SCHEMA_VERSION, commandType: 'PlaceOrder', correlationId: fileId, channel: 'file', receivedAt,
  };
  const head = JSON.stringify(common).slice(0, -1);
  const commandIdOf = commandIdInFile(receivedAt, fileId);
  return ({ index, bytes }) => {
    const order = bytes.toString();
    const [orderId, commandId] = [orderIdIn(order), commandIdOf(index)];
    return {
      MessageBody: `${head},"commandId":"${commandId}","orderId":"${orderId}","payload":${order}}`,
      MessageGroupId: orderId,
      MessageDeduplicationId: commandId,
    };
  };
}

const KEY = '"orderId"';

/**
 * The id of a valid order, which has one. Where its key stands once in a text without escapes, it can be nothing but the key, and the
 * order need not be parsed a second time: that would be the half of all the work.
 */
function orderIdIn(order: string): string {
  const key = order.indexOf(KEY);
  if (key < 0 || order.includes('\\') || order.includes(KEY, key + 1)) return (JSON.parse(order) as { orderId: string }).orderId;
  const begin = order.indexOf('"', key + KEY.length) + 1;
  return order.slice(begin, order.indexOf('"', begin));
}
