import { storedOutcome, type OpenPlacement, type PlacementOutcomes } from './placement-outcomes';
import type { OrderItem } from '../../../handlers/shared/commands/order-item';
import type { ListedMessage } from '../../../handlers/shared/redrive/redrive-response';
import type { OrderTotals } from '../console-api';
import type { ConsoleContext } from '../console-context';

/** Events about an order take seconds: only older placements are looked up in the orders table. */
const SETTLED_AFTER_MS = 5000;
/** Placements that are looked up at a time: three requests. */
const MAX_LOOKUPS = 300;
const BATCH = 100;
/** Without messages that wait, a placement of this age is not on its way. */
const LONG_MS = 15 * 60_000;

/** A message in a dead-letter queue, with the name of the queue. */
export interface DeadLetteredMessage extends Pick<ListedMessage, 'id' | 'correlationId' | 'orderId' | 'tenant' | 'commandId' | 'type'> {
  readonly queue: string;
}

/** What is in the queues. */
export interface InQueues {
  /** Messages in queues that are not dead-letter queues, and those of them that are visible. */
  readonly inFlight: number;
  readonly visible: number;
  readonly deadLetters: readonly DeadLetteredMessage[];
}

/** Counts the orders by outcome. */
export async function countTotals(outcomes: PlacementOutcomes, queues: InQueues, context: ConsoleContext, now = Date.now()): Promise<OrderTotals> {
  const states = await lookUp(outcomes, context, now);
  const isDeadLettered = ({ commandId }: OpenPlacement) => queues.deadLetters.some((message) => message.commandId === commandId);
  const open = [...outcomes.open.values()];
  const deadLettered = open.filter((each) => states.get(each) !== 'pending' && isDeadLettered(each));
  const lost = open.filter((each) => states.get(each) === 'not-applied' && !isDeadLettered(each) && isStill(each, queues, now));
  // A bus can deliver an event twice.
  const neverValidated = new Set(queues.deadLetters.filter(isPlacementBeforeValidation).map(({ id, correlationId }) => correlationId ?? id)).size;
  const known = new Set([...deadLettered, ...lost]);
  const pending = open.filter((each) => !known.has(each));
  const { confirmed, rejected, repeated } = outcomes.counts;
  return {
    accepted: outcomes.accepted + neverValidated,
    confirmed,
    repeated,
    rejected,
    pending: pending.length,
    ...(pending.length > 0 ? { oldestPending: new Date(pending.reduce((oldest, { at }) => Math.min(oldest, at), Infinity)).toISOString() } : {}),
    deadLettered: deadLettered.length + neverValidated,
    unaccounted: outcomes.accepted - confirmed - repeated - rejected - open.length + lost.length,
    ...(outcomes.since ? { since: outcomes.since.toISOString() } : {}),
  };
}

/** Reads the items of orders with open placements, and settles those that they show to be done. */
async function lookUp(outcomes: PlacementOutcomes, { pipeline: { tables }, aws }: ConsoleContext, now: number): Promise<Map<OpenPlacement, string>> {
  const states = new Map<OpenPlacement, string>();
  const old = [...outcomes.open.values()].filter(({ at }) => now > at + SETTLED_AFTER_MS).slice(0, MAX_LOOKUPS);
  for (let start = 0; start < old.length && tables.orders !== undefined; start += BATCH) {
    const batch = old.slice(start, start + BATCH);
    const keys = [...new Set(batch.map(({ orderKey }) => orderKey))].map((orderId) => ({ orderId }));
    const items = new Map((await aws.batchGet(tables.orders, keys) as unknown as OrderItem[]).map((item) => [item.orderId, item]));
    for (const placement of batch) {
      const state = storedOutcome(placement, items.get(placement.orderKey));
      if (state === 'confirmed' || state === 'rejected' || state === 'repeated') outcomes.settle(placement, state);
      else states.set(placement, state);
    }
  }
  return states;
}

/** Whether a placement is not on its way: no message is, or none waits and it is old. */
const isStill = ({ at }: OpenPlacement, { inFlight, visible }: InQueues, now: number): boolean =>
  inFlight === 0 || (visible === 0 && now > at + LONG_MS);

/** A placement in the dead-letter queue of the orders queue, and a poison message of which nothing is known, were accepted and never validated. */
const isPlacementBeforeValidation = ({ queue, type, commandId }: DeadLetteredMessage): boolean =>
  (queue === 'orders' && (type === undefined || type === 'PlaceOrder')) || (queue === 'processing' && commandId === undefined);
