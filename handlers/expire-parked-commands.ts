import { expireParked, readEnv, report, type Outcome } from '#shared';
import { orderLife } from './aws/order-life';
import { expiredOrderIds } from './aws/orders-table';

const env = readEnv('expire-parked-commands');
const { orders, settings } = orderLife(env);

/** Refuses commands that have been parked for too long. Called by a schedule: what it does not get done, the next call does. */
export const handler = async (): Promise<void> => {
  const orderIds = await expiredOrderIds(env.ORDERS_TABLE_NAME, Math.floor(Date.now() / 1000));
  const outcomes: Outcome[] = [];
  for (const orderId of orderIds) outcomes.push(...await expire(orderId));
  report('parked commands expired', outcomes);
};

/** Trouble with one order is no reason to let the others wait; it is next again in a quarter of an hour. */
async function expire(orderId: string): Promise<Outcome[]> {
  try {
    const outcomes = await expireParked(await orders.load(orderId), orders, settings);
    return outcomes.map((outcome) => ({ ...outcome, orderId }));
  } catch (error) {
    return [{ outcome: 'ExpireFailed', orderId, reason: (error as Error).name }];
  }
}
