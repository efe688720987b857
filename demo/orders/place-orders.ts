import { resolveOrder, type OrderResult } from './outcomes';
import { sendOrders } from './requests';
import { ORDER_ROUNDS } from './scenario';
import { awaitOutcomes } from '../await-outcomes';
import type { DeployedExample } from '../deployed-example';
import type { StepTimer } from '../step-timer';

/** First part of the demo: places orders over REST. */
export async function placeOrders(example: DeployedExample, timer: StepTimer): Promise<OrderResult[]> {
  const results: OrderResult[] = [];
  for (const [index, round] of ORDER_ROUNDS.entries()) {
    const number = index + 1;
    const sent = await timer.step(`send${number}`, `sending ${round.length} order requests`, () =>
      sendOrders(example.api, round, 'place', results.length + 1));
    results.push(...await timer.step(`await${number}`, 'waiting for their outcomes', () =>
      awaitOutcomes(example.state, sent, (each) => resolveOrder(example, each))));
  }
  return results;
}
