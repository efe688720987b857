import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { consumeQueue, deliverySchema, mapAtMost, messageToSend, parseMessage, readEnv, reportCount, RetryableError, type LiveDelivery, type Outcome } from '#shared';
import { connectionsAt } from './aws/connections';
import { queueFailures } from './aws/failure-policies';
import { deleteConnection } from './aws/live-table';
import { sendMessage } from './aws/queues';

const env = readEnv('send-live-updates');
const onFailure = queueFailures(env);
const connections = connectionsAt(env.CONNECTIONS_URL);

/** Concurrent requests for each delivery. A batch has ten deliveries. */
const MAX_CONCURRENCY = 5;

/** The delay in seconds before the connections that were not reached are tried again. */
const RETRY_DELAY = 5;

/** Sends live updates to connections, and deletes those that no longer exist. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  consumeQueue(event, { summary: 'live updates sent', consume, onFailure });

async function consume({ body, messageId }: SQSRecord): Promise<Outcome> {
  const delivery = parseMessage(body, deliverySchema);
  const message = messageToSend(delivery, new Date());
  const results = await mapAtMost(MAX_CONCURRENCY, delivery.connectionIds, (connectionId) => deliver(connectionId, message));
  const failed = delivery.connectionIds.filter((_, index) => results[index] instanceof Error);
  countResults(results);
  if (failed.length === 0) return { outcome: 'LiveDeliveryCompleted', messageId };
  const error = results.find((result) => result instanceof Error)!;
  await retry({ ...delivery, connectionIds: failed }, error, failed.length < delivery.connectionIds.length);
  return { outcome: 'LiveDeliveryContinued', messageId };
}

/** Sends to one connection, or closes it. Returns the error of a failure, so that the others are delivered to. */
async function deliver(connectionId: string, message: LiveDelivery['message']): Promise<'sent' | 'gone' | Error> {
  try {
    if (message && await connections.post(connectionId, message)) return 'sent';
    await connections.close(connectionId);
    await deleteConnection(env.LIVE_TABLE_NAME, connectionId);
    return 'gone';
  } catch (error) {
    return error as Error;
  }
}

function countResults(results: readonly (string | Error)[]): void {
  for (const [result, outcome] of [['sent', 'LiveUpdateSent'], ['gone', 'LiveConnectionDeleted']]) {
    const times = results.filter((each) => each === result).length;
    if (times > 0) reportCount(outcome, times);
  }
}

/** After progress, a new message has the connections that are left. Without any, the message itself is retried, and finally goes to the dead-letter queue. */
async function retry(rest: LiveDelivery, { name }: Error, hasProgressed: boolean): Promise<void> {
  if (!hasProgressed) throw new RetryableError(`PostToConnection.${name}`, 'API Gateway accepted no message for these connections');
  await sendMessage(env.QUEUE_URL, rest, RETRY_DELAY);
}
