import { isDeepStrictEqual } from 'node:util';
import { AROUND_ORDERS, expectedWebhooks, WEBHOOK_EVENTS, type AroundOutcome, type AroundRequest } from './scenario';
import type { DeployedExample } from '../deployed-example';
import { outcomeCounter, type Totals } from '../totals';

/** An event of the history of an order. */
interface HistoryEvent {
  readonly eventId: string;
  readonly type: string;
  readonly data: { readonly step?: string };
}

/** An order, the steps of its workflow, and what the webhook and the WebSocket received of its events. */
export interface AroundResult {
  readonly request: AroundRequest;
  readonly outcome?: AroundOutcome;
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  readonly compensated: readonly string[];
  /** The IDs of the events of the history, and those among them that the webhook is to receive. */
  readonly history: ReadonlySet<string>;
  readonly toWebhook: ReadonlySet<string>;
  readonly byWebhook: ReadonlySet<string>;
  readonly live: ReadonlySet<string>;
}

const OUTCOMES: Readonly<Record<string, AroundOutcome>> = { FULFILLED: 'fulfilled', CANCELLED: 'cancelled' };

/** Reads an order and its history over the API. */
export async function readAroundResult(
  { api }: DeployedExample, request: AroundRequest, byWebhook: ReadonlySet<string> = new Set(), live: ReadonlySet<string> = new Set(),
): Promise<AroundResult> {
  const { orderId } = request.order;
  const [order, history] = await Promise.all([api.get(orderId), api.request(`/orders/${orderId}/events?limit=100`, {})]);
  const events: HistoryEvent[] = history.body.items ?? [];
  const steps = (type: string) => events.filter((event) => event.type === type).map(({ data }) => data.step!);
  const ids = (some: readonly HistoryEvent[]) => new Set(some.map(({ eventId }) => eventId));
  return {
    request,
    outcome: OUTCOMES[order.body.status],
    succeeded: steps('OrderWorkflowStepSucceeded'),
    failed: steps('OrderWorkflowStepFailed'),
    compensated: steps('OrderWorkflowStepCompensated'),
    history: ids(events),
    toWebhook: ids(events.filter(({ type }) => WEBHOOK_EVENTS.includes(type))),
    byWebhook,
    live,
  };
}

/** Whether everything about an order has arrived. */
export const isComplete = ({ outcome, request, toWebhook, byWebhook, history, live }: AroundResult): boolean =>
  outcome !== undefined && toWebhook.size >= expectedWebhooks(request) && isIn(toWebhook, byWebhook) && isIn(history, live);

const isIn = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean => [...some].every((id) => all.has(id));

const sum = (results: readonly AroundResult[], count: (result: AroundResult) => number): number =>
  results.reduce((total, each) => total + count(each), 0);
const countIn = (some: ReadonlySet<string>, all: ReadonlySet<string>): number => [...some].filter((id) => all.has(id)).length;

/** The orders by outcome, the steps by outcome, and the events that were delivered and sent. */
export function aroundTotals(results: readonly AroundResult[]): Totals[] {
  const count = outcomeCounter(results);
  const all = AROUND_ORDERS;
  const steps = all.reduce((total, { succeeded, failed }) => total + succeeded.length + failed.length, 0);
  const compensations = all.reduce((total, { compensated }) => total + compensated.length, 0);
  const webhooks = all.reduce((total, request) => total + expectedWebhooks(request), 0);
  return [
    {
      label: 'orders with a workflow',
      total: all.length,
      outcomes: { 'fulfilled': count('fulfilled'), 'cancelled after compensation': count('cancelled') },
      unaccounted: count(undefined),
    },
    {
      label: 'steps of workflows',
      total: steps,
      outcomes: { succeeded: sum(results, ({ succeeded }) => succeeded.length), failed: sum(results, ({ failed }) => failed.length) },
      unaccounted: 0,
    },
    { label: 'steps to compensate', total: compensations, outcomes: { compensated: sum(results, ({ compensated }) => compensated.length) }, unaccounted: 0 },
    {
      label: 'events for the webhook',
      total: webhooks,
      outcomes: { delivered: sum(results, ({ byWebhook }) => byWebhook.size) },
      unaccounted: sum(results, ({ toWebhook, byWebhook }) => toWebhook.size - countIn(toWebhook, byWebhook)),
    },
    {
      label: 'events of these orders',
      total: sum(results, ({ history }) => history.size),
      outcomes: { 'live updates': sum(results, ({ live }) => live.size) },
      unaccounted: sum(results, ({ history, live }) => history.size - countIn(history, live)),
    },
  ];
}

/** Describes the orders with another outcome, or other steps, than expected. Events can be recorded in another sequence than that of the steps. */
export const unexpectedAround = (results: readonly AroundResult[]): string[] => results
  .filter(({ request, outcome, ...result }) => outcome !== request.expected
    || (['succeeded', 'failed', 'compensated'] as const).some((kind) => !isDeepStrictEqual([...result[kind]].sort(), [...request[kind]].sort())))
  .map(({ request, outcome, succeeded, failed, compensated }) => `${request.order.orderId} (${request.description}): expected ${request.expected}, got `
    + `${outcome ?? 'no outcome'}; succeeded ${succeeded.join(', ')}; failed ${failed.join(', ')}; compensated ${compensated.join(', ')}`);
