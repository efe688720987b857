import { isDeepStrictEqual } from 'node:util';
import type { LifecycleResult } from './requests';
import { OUTCOME_AFTER_PENDING, type LifecycleOutcome, type LifecycleRequest } from './scenario';
import type { ApiResponse } from '../../test/support/orders-api';
import type { DeployedExample } from '../deployed-example';
import { errorOutcome } from '../orders/requests';
import { outcomeCounter, type Totals } from '../totals';

const OUTCOMES_BY_EVENT: readonly [type: string, outcome: LifecycleOutcome][] = [
  ['OrderConfirmed', 'confirmed'], ['OrderChanged', 'changed'], ['OrderCancelled', 'cancelled'],
];
const REFUSALS = ['OrderChangeRefused', 'OrderCancellationRefused', 'OrderFulfillmentRefused', 'OrderRejected'];

/** Derives the outcome of a request from events, dead-letter queues and the API. */
export async function resolveLifecycleRequest({ api, state }: DeployedExample, sent: LifecycleResult): Promise<LifecycleResult> {
  const { request, correlationId, status } = sent;
  if (status !== undefined && status !== 202) return { ...sent, outcome: errorOutcome(status) };
  const applied = OUTCOMES_BY_EVENT.find(([type]) => state.eventsOf(type, correlationId).length > 0);
  if (applied) return { ...sent, outcome: applied[1] };
  const [refused] = REFUSALS.flatMap((type) => state.eventsOf(type, correlationId));
  if (refused) return { ...sent, outcome: 'refused', reason: refused.detail.data.code };
  if (state.isDeadLettered(correlationId)) return { ...sent, outcome: 'dead-lettered' };
  if (state.inFlight > 0) return sent;
  return { ...sent, outcome: outcomeWithoutEvent(request, await api.get(request.orderId)) };
}

/** The outcome of a request that published no event: the order does not exist yet, or is as requested. */
function outcomeWithoutEvent(
  { patch = {}, cancellation, fulfillment }: LifecycleRequest, { status, body }: ApiResponse,
): LifecycleOutcome | undefined {
  if (status === 404) return 'pending';
  if (fulfillment) return body.status === 'FULFILLED' ? 'fulfilled' : undefined;
  if (cancellation) return body.status === 'CANCELLED' ? 'unchanged' : undefined;
  return Object.entries(patch).every(([field, value]) => isDeepStrictEqual(body.order[field], value)) ? 'unchanged' : undefined;
}

/** The accepted lifecycle requests by outcome. */
export function lifecycleTotals(results: readonly LifecycleResult[]): Totals {
  const count = outcomeCounter(results);
  return {
    label: 'changes requested',
    total: results.length - count('invalid', 'failed'),
    outcomes: {
      'applied': count('confirmed', 'changed', 'cancelled', 'fulfilled'),
      'unchanged': count('unchanged'),
      'refused': count('refused'),
      'pending': count('pending'),
      'dead-lettered': count('dead-lettered'),
    },
    unaccounted: count(undefined),
  };
}

const finalOutcome = ({ expected }: LifecycleRequest): LifecycleOutcome => (expected === 'pending' ? OUTCOME_AFTER_PENDING : expected);

/** Describes the requests whose outcome is not the expected one. */
export const unexpectedLifecycleOutcomes = (results: readonly LifecycleResult[]): string[] => results
  .filter(({ request, outcome, reason }) => outcome !== finalOutcome(request) || (request.code !== undefined && reason !== request.code))
  .map(({ correlationId, request, outcome, reason }) =>
    `${correlationId} (${request.description}): expected ${finalOutcome(request)} ${request.code ?? ''}, got ${outcome ?? 'no outcome'} ${reason ?? ''}`);
