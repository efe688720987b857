import { expirePending, readEnv, report, type Outcome } from '#shared';
import { lifecycleContext } from './aws/lifecycle';
import { expiredOrderIds } from './aws/orders-table';

const env = readEnv('expire-pending-commands');
const { orders, settings } = lifecycleContext(env);

/** Refuses commands that were pending for too long. A schedule invokes it; each invocation continues where the last one stopped. */
export const handler = async (): Promise<void> => {
  const orderIds = await expiredOrderIds(env.ORDERS_TABLE_NAME, Math.floor(Date.now() / 1000));
  const outcomes: Outcome[] = [];
  for (const orderId of orderIds) outcomes.push(...await expire(orderId));
  report('pending commands expired', outcomes);
};

/** An error of one order does not stop the others; the next scheduled invocation retries it. */
async function expire(orderId: string): Promise<Outcome[]> {
  try {
    const outcomes = await expirePending(await orders.load(orderId), orders, settings);
    return outcomes.map((outcome) => ({ ...outcome, orderId }));
  } catch (error) {
    return [{ outcome: 'ExpireFailed', orderId, reason: (error as Error).name }];
  }
}
