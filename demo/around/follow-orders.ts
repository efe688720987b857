import { isComplete, readAroundResult, type AroundResult } from './outcomes';
import { AROUND_ORDERS } from './scenario';
import { Warehouse } from './warehouse';
import { liveEventsOf, watchOrders } from './watch-orders';
import { eventually } from '../../cli/local/system/eventually';
import { mapAtMost } from '../../handlers/shared/messaging/map-at-most';
import type { LiveClient } from '../../test/support/live-client';
import { postWithRetries } from '../../test/support/post-with-retries';
import type { DeployedExample } from '../deployed-example';
import type { StepTimer } from '../step-timer';

const TIMEOUT_SECONDS = 300;

/** What became of the orders, and the requests of the webhook. */
export interface AroundResults {
  readonly orders: readonly AroundResult[];
  readonly requests: { readonly accepted: number; readonly refused: number };
}

/** Chapter of the demo: orders with a workflow. The warehouse follows them by a webhook and answers tasks; a client follows them over a WebSocket. */
export async function followOrders(example: DeployedExample, timer: StepTimer): Promise<AroundResults> {
  const orderIds = AROUND_ORDERS.map(({ order: { orderId } }) => orderId);
  const warehouse = await Warehouse.start(example.api);
  const client = await timer.step('watch', `watching ${orderIds.length} orders by a webhook and a WebSocket`, () => watchOrders(example, orderIds));
  try {
    await timer.step('placeWatched', `placing ${orderIds.length} orders with a workflow`, () =>
      mapAtMost(4, AROUND_ORDERS, ({ order }) => postWithRetries(example.api, order)));
    const orders = await timer.step('follow', 'answering tasks, and waiting for the ends of the workflows', () => awaitEnds(example, warehouse, client));
    return { orders, requests: warehouse.requests };
  } finally {
    await client.close();
    await warehouse.stop();
  }
}

/** Answers tasks until everything about all orders has arrived. After the timeout, returns what is known by then. */
async function awaitEnds(example: DeployedExample, warehouse: Warehouse, client: LiveClient): Promise<AroundResult[]> {
  let results: AroundResult[] = [];
  let reported = -1;
  return eventually('the ends of all workflows', async () => {
    await warehouse.answerTasks();
    const received = warehouse.receivedEvents();
    results = await mapAtMost(4, AROUND_ORDERS, (request) => {
      const { orderId } = request.order;
      return readAroundResult(example, request, received.get(orderId), liveEventsOf(client, orderId));
    });
    const complete = results.filter(isComplete).length;
    if (complete !== reported) process.stdout.write(`  ${complete} of ${results.length} orders have ended, and all of their events have arrived\n`);
    reported = complete;
    return complete === results.length ? results : undefined;
  }, TIMEOUT_SECONDS).catch(() => results);
}
