import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { consumeQueue, orderKey, readEnv, readPlacementEvent, type Outcome } from '#shared';
import { queueFailures } from './aws/failure-policies';
import { commandSender } from './aws/orders-queue';

const env = readEnv('receive-order-event');
const send = commandSender(env);
const onFailure = queueFailures(env);
const maxOrderSize = Number(env.MAX_ORDER_SIZE);

/** Sends the orders that other systems place by events on the bus to the orders queue. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => consumeQueue(event, { summary: 'order placements received', consume, onFailure });

async function consume({ body }: SQSRecord): Promise<Outcome> {
  const command = readPlacementEvent(body, maxOrderSize, env.HAS_TENANTS === 'true');
  await send(command);
  const { commandId, correlationId } = command;
  return { outcome: 'OrderPlacementReceived', orderId: orderKey(command), commandId, correlationId };
}
