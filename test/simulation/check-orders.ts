import { isDeepStrictEqual } from 'node:util';
import { timeoutsOf, type Timeout } from './check-confirmations';
import { MAX_CLOCK_ERROR_MS } from './functions';
import { keyOf, type Accepted, type Observations } from './observations';
import { maySkip, type Scenario } from './scenario';
import type { OrderItem, SequenceRecord } from '../../handlers/shared';
import { orderView } from '../../handlers/shared/queries/order-view';
import { expected, type Ask as ModelCommand, type Confirmation, type Expected } from '../support/order-lifecycle-model';

/** Every order is in the state that its commands lead to one after the other, and the outcome of each command was published. */
export function orderViolations(observations: Observations, { options: { retention, confirmation }, idleDays }: Scenario): string[] {
  return [...observations.sequences].flatMap(([orderId, records]) => {
    const expired = expiredOf(observations, orderId, retention, maySkip(idleDays));
    const commands = records.map((record) => ({
      ...record, accepted: observations.accepted.get(keyOf(record)), published: publishedOutcomes(observations, record),
    }));
    const applied = commands.filter(({ sequence }) => !expired.has(sequence));
    if (applied.some(({ accepted }) => !accepted?.command)) return [`order state: an invalid command of ${orderId} has a sequence number`];
    const timeouts = timeoutsOf(observations, orderId);
    const { order, outcomes } = expectedOf(applied, timeouts, observations.deletedUpTo.get(orderId) ?? 0, confirmation);
    const stored = view(observations.item(orderId));
    const wrongOutcome = (sequence: number, actual: string, wanted: string | undefined): string[] => (actual === wanted ? []
      : [`order state: the outcome of command ${sequence} of ${orderId} is ${actual} and should be ${wanted}`]);
    return [
      ...isDeepStrictEqual(stored, order) ? [] : [`order state: ${orderId} is ${JSON.stringify(stored)} and should be ${JSON.stringify(order)}`],
      ...applied.flatMap(({ sequence, published }, index) => wrongOutcome(sequence, published, outcomes[index])),
      ...commands.flatMap(({ sequence, published }) => (expired.has(sequence) ? wrongOutcome(sequence, published, expired.get(sequence)) : [])),
    ];
  });
}

/** The model does not distinguish between reasons for a rejection. */
const publishedOutcomes = ({ outcomes }: Observations, record: SequenceRecord): string =>
  inOrder([...outcomes.get(keyOf(record)) ?? []].join(' and ').replace('REJECTED_BY_HOOK', 'INVALID_ORDER') || 'nothing');

/** The events of one command can be published in any order. */
const inOrder = (outcomes: string): string => outcomes.split(' and ').sort().join(' and ');

interface Applied {
  readonly sequence: number;
  readonly accepted?: Accepted;
}

/** After time to live deleted an order, its commands start from nothing. */
function expectedOf(applied: readonly Applied[], timeouts: readonly Timeout[], deletedUpTo: number, confirmation: Confirmation): Expected {
  const expectedIn = (isIn: (step: { readonly sequence: number }) => boolean): Expected => {
    const steps: readonly (Applied & Partial<Timeout>)[] = [...applied, ...timeouts].filter(isIn).sort((one, other) => one.sequence - other.sequence);
    const asks = steps.map(({ accepted, decision }): ModelCommand => (decision ? { kind: 'time out', decision } : accepted!.command!));
    const { order, outcomes } = expected(asks, confirmation);
    return { order, outcomes: outcomes.filter((_, index) => asks[index].kind !== 'time out').map(inOrder) };
  };
  const before = expectedIn(({ sequence }) => sequence <= deletedUpTo);
  const { order, outcomes } = expectedIn(({ sequence }) => sequence > deletedUpTo);
  return { order, outcomes: [...before.outcomes, ...outcomes] };
}

/** Commands that expired or exceeded the capacity for pending commands, by their sequence numbers, with the outcomes that have to be published. */
function expiredOf(
  { account, accepted, deletedUpTo }: Observations, orderId: string, retention: number, maySkipCommands: boolean,
): Map<number, string> {
  const expired = new Map<number, string>();
  const skippedCommands = new Set<number>();
  const firstPending = new Map<string, number>();
  for (const { at, after } of account.tables.OrdersTable.writes) {
    const { orderId: id, outcome, pending = {}, gaps = [] } = (after ?? {}) as unknown as OrderItem;
    if (id !== orderId) continue;
    for (const [sequence, { isExpired, type, commandId }] of Object.entries(pending)) {
      firstPending.set(commandId, Math.min(at, firstPending.get(commandId) ?? Infinity));
      // A rejection is published when the order is validated, and not again.
      if (isExpired && type === 'RejectOrder') expired.set(Number(sequence), 'OrderRejected INVALID_ORDER');
    }
    for (const [from, to] of maySkipCommands ? gaps : []) {
      // Commands up to the deletion of a sequence count as skipped, too.
      for (let sequence = Math.max(from, (deletedUpTo.get(orderId) ?? 0) + 1); sequence <= to; sequence++) {
        // A rejection is published when the order is validated, and not again.
        expired.set(sequence, 'OrderRejected INVALID_ORDER');
        skippedCommands.add(sequence);
      }
    }
    const code = String(outcome?.data.code);
    if (outcome && code === 'TOO_MANY_PENDING') expired.set(outcome.sequence, `${outcome.type} ${code}`);
    if (outcome && ['EXPIRED', 'ORDER_NOT_FOUND'].includes(code)) {
      // The clocks of the process that stored the command and of the one that refused it may differ.
      const due = (firstPending.get(outcome.commandId) ?? Infinity) + retention * 1000 - 2 * MAX_CLOCK_ERROR_MS;
      const isTooEarly = !skippedCommands.has(outcome.sequence) && Date.parse(outcome.at) < due;
      expired.set(outcome.sequence, isTooEarly ? 'another one, because it was not pending for long enough' : `${outcome.type} ${code}`);
    }
    if (outcome && !accepted.has(keyOf({ orderId, commandId: outcome.commandId }))) expired.set(outcome.sequence, 'nothing, because the command was never accepted');
  }
  return expired;
}

/** The order in the form of the model. */
function view(item: OrderItem | undefined): Record<string, unknown> | undefined {
  if (!item || item.status === 'AWAITED') return undefined;
  const { orderId, customerId, currency, total, createdAt, updatedAt, rejection, confirmation, fulfillments, ...shown } = orderView(item);
  const { order = {}, ...state } = shown;
  const { orderId: id, customerId: customer, currency: code, items, total: sum, ...fields } = order as Record<string, unknown>;
  return { ...state, ...fields };
}
