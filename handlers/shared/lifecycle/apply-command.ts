import { addAwaitingOrder, advanceSequence, hasPendingCapacity } from './command-sequence';
import { writeResult, writeWithoutEvent, type ItemWrite } from './item-write';
import { REFUSAL_CODE } from '../../../src/private/contract';
import type { CommandResult, LifecycleSettings } from '../commands/command-definition';
import { statusOf, type OrderItem, type PlacedItem } from '../commands/order-item';
import { placeExistingOrder } from '../commands/place-existing-order';
import type { Placement } from '../commands/place-order';
import { definitionOf } from '../commands/registry';
import type { SequencedCommand } from '../commands/sequenced-command';
import { ORDER_STATES } from '../orders/order-states';

/** Applies the command that is next in sequence, as the state table specifies. Pure: the result depends on the arguments alone. */
export function applyCommand(item: OrderItem | undefined, command: SequencedCommand, now: Date, settings: LifecycleSettings): ItemWrite {
  const advanced = advanceSequence(item, command.orderId, command.sequence);
  const write = (result: CommandResult): ItemWrite => writeResult(advanced, command, result, now);
  const { repeats } = definitionOf(command.type);
  if (item && repeats?.(item, command.data)) return write({ outcome: `${command.type}Repeated` });
  const transition = ORDER_STATES[statusOf(item)][command.type];
  switch (transition.kind) {
    case 'wait': return waitForOrder(item, advanced, command, now, settings);
    case 'repeat': return write({ outcome: `${command.type}Repeated` });
    case 'keep': return write({ outcome: 'RejectionOutdated' });
    case 'compare': return write(placeExistingOrder(advanced as PlacedItem, command as SequencedCommand<Placement>, now, settings));
    case 'refuse': return write({ code: transition.code });
    case 'to': return write(applyToVersion(advanced, command, now, settings));
  }
}

/** Keeps a command until its order is placed. A command that was pending before keeps its expiry time. */
function waitForOrder(
  item: OrderItem | undefined, advanced: OrderItem, command: SequencedCommand, now: Date, settings: LifecycleSettings,
): ItemWrite {
  if (!hasPendingCapacity(advanced, command)) return writeResult(advanced, command, { code: REFUSAL_CODE.TOO_MANY_PENDING }, now);
  const until = item?.pending?.[command.sequence]?.until ?? pendingUntil(now, settings);
  return writeWithoutEvent(addAwaitingOrder(advanced, command, until), command, 'CommandAwaitsOrder');
}

function applyToVersion(item: OrderItem, command: SequencedCommand, now: Date, settings: LifecycleSettings): CommandResult {
  const { expectedVersion = item.version } = command.data as { readonly expectedVersion?: number };
  if (expectedVersion !== item.version) return { code: REFUSAL_CODE.VERSION_MISMATCH };
  return definitionOf(command.type).apply(item, command, now, settings);
}

/** When a command that becomes pending now expires, in Unix seconds. */
export const pendingUntil = (now: Date, { pendingCommandRetention }: LifecycleSettings): number =>
  Math.floor(now.getTime() / 1000) + pendingCommandRetention;
