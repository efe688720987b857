import type { Eraser } from './eraser';
import { ERASED } from './neutral-values';
import { isPlaced, type OrderItem } from '../../handlers/shared/commands/order-item';
import type { PendingCommand } from '../../handlers/shared/commands/sequenced-command';
import { valueAt } from '../../handlers/shared/json/value-at';
import { withIndexKeys } from '../../handlers/shared/lifecycle/with-index-keys';

/** The customer of an item, if it has one. */
export const customerIn = (item: object): unknown => (item as { readonly customerId?: unknown }).customerId;

/** Whether the order of an item was erased. Its ID of a customer is a pseudonym then. */
export const wasErased = (item: OrderItem): boolean => isPlaced(item) && item.placement.fingerprint === ERASED;

/** Whether an item is that of an order of the customer, or of one that was erased: later commands may have brought personal data again. */
export const isInScope = (item: OrderItem, eraser: Eraser): boolean =>
  eraser.isCustomer(customerIn(item)) || wasErased(item) || eraser.isErased(customerIn(item));

/**
 * The write of an item without what is personal. It has no outcome, so that no event is published. Undefined if there is nothing to erase.
 *
 * @throws FieldNotErasable
 */
export function erasedItem(item: OrderItem, eraser: Eraser, now: Date): OrderItem | undefined {
  // The keys of indexes follow from the rest.
  const { pending, outcome, fileOutcome, customerShard, externalReferenceKey, ...stored } = item;
  const isOwn = isInScope(item, eraser);
  // The texts of the order are needed for what is about it.
  const order = isOwn ? eraser.value(eraser.value(stored)) : stored;
  const commands = pending && eraser.value(ownCommands(pending, isOwn, eraser));
  const [newOutcome, newFileOutcome] = isOwn ? [eraser.value(outcome), eraser.value(fileOutcome)] : [outcome, fileOutcome];
  const isSame = order === stored && newOutcome === outcome && newFileOutcome === fileOutcome
    && Object.entries(commands ?? {}).every(([key, command]) => command === pending![key]);
  if (isSame) return undefined;
  const placement = isOwn && isPlaced(item) ? { placement: { ...item.placement, fingerprint: ERASED } } : {};
  const next = { ...order, ...placement, pending: pending && { ...pending, ...commands }, outcome: undefined, fileOutcome: undefined } as OrderItem;
  return withIndexKeys(next, now);
}

/** The pending commands that are about the customer: those of an order of the customer that are not placements of another one. */
function ownCommands(pending: Readonly<Record<string, PendingCommand>>, isOwn: boolean, eraser: Eraser): Record<string, PendingCommand> {
  const customer = ({ data }: PendingCommand) => valueAt(data, 'facts', 'customerId');
  return Object.fromEntries(Object.entries(pending).filter(([, command]) =>
    eraser.isCustomer(customer(command)) || (isOwn && (customer(command) === undefined || eraser.isErased(customer(command))))));
}
