import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { OrderCommand } from '../command';
import { commandIdAt } from '../ids';
import type { RawOrder } from '../order-file';
import type { FileRecord } from './file-record';
import { SCHEMA_VERSION } from '../../../src/private/contract';

/** An order of a file on its way to the orders queue. */
export type OrderEntry = Omit<SendMessageBatchRequestEntry, 'Id'>;

/**
 * The `PlaceOrder` command of a valid order of a file. Its id follows from the file and the order's place in it, so however often
 * it is sent, it is one command. The order travels as it was written: it was read strictly before, so it means one thing only.
 */
export function orderEntry({ fileId, receivedAt }: FileRecord, { index, bytes }: RawOrder): OrderEntry {
  const text = bytes.toString();
  const { orderId } = JSON.parse(text) as { orderId: string };
  const command: Omit<OrderCommand, 'payload'> = {
    schemaVersion: SCHEMA_VERSION,
    commandType: 'PlaceOrder',
    commandId: commandIdAt(new Date(receivedAt), [fileId, String(index)]),
    orderId,
    correlationId: fileId,
    channel: 'file',
    receivedAt,
  };
  return {
    MessageBody: `${JSON.stringify(command).slice(0, -1)},"payload":${text}}`,
    MessageGroupId: orderId,
    MessageDeduplicationId: command.commandId,
  };
}
