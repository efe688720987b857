import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { RawOrder } from '../order-file';
import type { FileRecord } from './file-record';
import { CHANNEL, EXISTING_ORDER_POLICY, SCHEMA_VERSION } from '../../../src/private/contract';
import type { OrderCommand } from '../commands/order-command';
import { commandIdInFile } from '../orders/ids';
import { orderKey, tenantField } from '../orders/order-identity';
import { orderModel } from '../orders/order-model';

/** The SQS message for one order of a file. */
export type OrderMessage = Omit<SendMessageBatchRequestEntry, 'Id'>;

/**
 * Makes the function that creates the `PlaceOrder` commands of a file's valid orders. The command ID is derived from the file and the
 * index of the order, so that a repeated message is the same command. The payload is the original JSON of the order, which the check
 * validated as unambiguous.
 */
export function orderMessages({ fileId, tenant, receivedAt, onExistingOrder }: FileRecord): (raw: RawOrder) => OrderMessage {
  const common: Omit<OrderCommand, 'commandId' | 'orderId' | 'payload'> = {
    schemaVersion: SCHEMA_VERSION,
    commandType: 'PlaceOrder',
    correlationId: fileId,
    ...tenantField({ tenant }),
    channel: CHANNEL.FILE,
    receivedAt,
    ...(onExistingOrder === EXISTING_ORDER_POLICY.CHANGE ? { onExistingOrder } : {}),
  };
  const head = JSON.stringify(common).slice(0, -1);
  const commandIdOf = commandIdInFile(receivedAt, fileId);
  return ({ index, bytes }) => {
    const order = bytes.toString();
    const [orderId, commandId] = [orderIdIn(order), commandIdOf(index)];
    return {
      MessageBody: `${head},"commandId":"${commandId}","orderId":"${orderId}","payload":${order}}`,
      MessageGroupId: orderKey({ tenant, orderId }),
      MessageDeduplicationId: commandId,
    };
  };
}

const KEY = '"orderId"';

/**
 * Returns the ID of a valid order. If the text has no escapes and `"orderId"` occurs once, that must be the key, so the order need not be
 * parsed a second time, which would take half of the total time.
 */
function orderIdIn(order: string): string {
  const key = orderModel.orderIdPath === '/orderId' ? order.indexOf(KEY) : -1;
  if (key < 0 || order.includes('\\') || order.includes(KEY, key + 1)) return orderModel.orderIdIn(JSON.parse(order))!;
  const begin = order.indexOf('"', key + KEY.length) + 1;
  return order.slice(begin, order.indexOf('"', begin));
}
