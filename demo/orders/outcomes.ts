import { isDeepStrictEqual } from 'node:util';
import { errorOutcome, isAccepted, type SentOrder } from './requests';
import type { OrderOutcome, OrderRequest } from './scenario';
import type { DeployedExample } from '../deployed-example';
import type { BusEvent } from '../pipeline-state';
import { outcomeCounter, type Totals } from '../totals';

/** A sent order and its outcome; undefined while it is not known. */
export interface OrderResult<R extends OrderRequest = OrderRequest> extends SentOrder<R> {
  readonly outcome?: OrderOutcome;
  readonly reason?: string;
}

/** Derives the outcome of a request from events, dead-letter queues and the API. */
export async function resolveOrder<R extends OrderRequest>(example: DeployedExample, sent: SentOrder<R>): Promise<OrderResult<R>> {
  const { state } = example;
  if (!isAccepted(sent)) return { ...sent, outcome: errorOutcome(sent.status), reason: sent.problem };
  if (state.eventsOf('OrderConfirmed', sent.correlationId).length > 0) return { ...sent, outcome: 'confirmed' };
  const [rejected] = state.eventsOf('OrderRejected', sent.correlationId);
  if (rejected) return { ...sent, outcome: 'rejected', reason: rejectionReason(rejected) };
  if (state.isDeadLettered(sent.correlationId)) return { ...sent, outcome: 'dead-lettered' };
  if (state.inFlight === 0 && sent.orderId && await isRepetition(example, sent)) return { ...sent, outcome: 'repeated', reason: 'nothing changed' };
  return sent;
}

/** A repeated order publishes no event: it equals the stored order, which another request placed. */
async function isRepetition({ api, state }: DeployedExample, { orderId, correlationId, request }: SentOrder): Promise<boolean> {
  const { status, body } = await api.get(orderId!);
  const confirmations = state.eventsAbout('OrderConfirmed', orderId!);
  const fields = Object.entries(request.order as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return status === 200 && body.status === 'CONFIRMED'
    && confirmations.length === 1 && confirmations[0].detail.metadata.correlationId !== correlationId
    && fields.every(([field, value]) => isDeepStrictEqual(body.order[field], value));
}

const rejectionReason = ({ detail: { data } }: BusEvent): string =>
  [data.code, ...(data.errors ?? []).map(({ code, path }) => `${path} ${code}`)].join(': ');

/** All requests, accepted or invalid. */
export const submittedTotals = (results: readonly OrderResult[]): Totals => ({
  label: 'submitted',
  total: results.length,
  outcomes: { accepted: results.filter(isAccepted).length, invalid: outcomeCounter(results)('invalid') },
  unaccounted: 0,
});

/** The accepted requests by outcome. */
export function acceptedTotals(results: readonly OrderResult[], label = 'accepted'): Totals {
  const count = outcomeCounter(results);
  return {
    label,
    total: results.filter(isAccepted).length,
    outcomes: {
      'confirmed': count('confirmed'), 'repeated': count('repeated'), 'rejected': count('rejected'), 'dead-lettered': count('dead-lettered'),
    },
    unaccounted: count(undefined),
  };
}

/** Describes the requests whose outcome is not the expected one. */
export const unexpectedOrders = (results: readonly OrderResult[]): string[] => results.filter(({ request, outcome }) => outcome !== request.expected)
  .map(({ correlationId, request, outcome }) => `${correlationId} (${request.description}): expected ${request.expected}, got ${outcome ?? 'no outcome'}`);
