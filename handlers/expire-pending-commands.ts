import { expirePending, readEnv, report, type Outcome } from '#shared';
import { lifecycleContext } from './aws/lifecycle';
import { expiredOrderIds } from './aws/orders-table';

const env = readEnv('expire-pending-commands');
const { orders, settings } = lifecycleContext(env);

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
    const outcomes = await expirePending(await orders.load(orderId), orders, settings);
    return outcomes.map((outcome) => ({ ...outcome, orderId }));
  } catch (error) {
    return [{ outcome: 'ExpireFailed', orderId, reason: (error as Error).name }];
  }
}
