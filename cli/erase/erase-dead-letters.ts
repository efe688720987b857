import { isOfTenant, type ErasureRun, type PlaceResult } from './erasure-run';
import { orderKey } from '../../handlers/shared/orders/order-identity';
import { parseBody, type DeadLetterMessage } from '../../handlers/shared/redrive/dead-letter-message';
import { messageIdsOf } from '../../handlers/shared/redrive/message-ids';
import type { RedriveRoute } from '../../handlers/shared/redrive/redrive-routes';

/** Seconds for which received messages are invisible at most: they are released when all are received. */
const VISIBILITY_TIMEOUT = 120;

/** Finds the messages about the customer in a dead-letter queue, and deletes them if the command is executed: a redrive would bring their contents back. */
export async function eraseDeadLetters(route: RedriveRoute, run: ErasureRun): Promise<PlaceResult> {
  const { console: { deadLetterQueues }, command: { execute }, interruption } = run;
  const url = route.deadLetterQueueUrl;
  const { visible, inFlight } = await deadLetterQueues.count(url);
  const kept: string[] = [];
  let [found, received, done] = [0, 0, 0];
  try {
    for (;;) {
      const batch = interruption.aborted ? [] : await deadLetterQueues.receive(url, VISIBILITY_TIMEOUT);
      if (batch.length === 0) break;
      received += batch.length;
      for (const message of batch) {
        const isFound = isMessageAbout(message, route, run);
        found += isFound ? 1 : 0;
        if (isFound && execute) done += await run.aws.deleteMessage(url, message.receiptHandle).then(() => 1);
        else kept.push(message.receiptHandle);
      }
      run.progress(`dead-letter queue ${route.name}: ${received} messages read`);
    }
  } finally {
    // Messages that cannot be released become visible after the visibility timeout.
    await deadLetterQueues.release(url, kept).catch(() => undefined);
  }
  const missed = visible + inFlight - received;
  const note = missed > 0 ? `${missed} messages could not be read, because others read them or wait for earlier ones: run the command again` : undefined;
  return { place: `dead-letter queue ${route.name}`, what: 'messages', found, action: 'delete', done, ...(note ? { note, isPartial: true } : {}) };
}

function isMessageAbout(message: DeadLetterMessage, route: RedriveRoute, run: ErasureRun): boolean {
  const { eraser, orders, pipeline } = run;
  const { orderId, tenant } = messageIdsOf(message, route);
  const key = orderId === undefined ? undefined : orderKey({ orderId, tenant });
  // Two tenants may have customers with the same ID.
  if (pipeline.hasTenants && (key === undefined || !isOfTenant(run, key))) return false;
  const body = parseBody(message);
  const customers = eraser.customersIn(body);
  if (customers.length > 0) return customers.some((customer) => eraser.isCustomer(customer));
  return key !== undefined && orders.has(key) && eraser.value(body) !== body;
}
