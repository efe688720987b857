import { isOfTenant, type Change, type ErasureRun } from './erasure-run';
import { customerIn, erasedItem, isInScope, wasErased } from './order-scope';
import { fromAttributes } from '../../handlers/aws/attribute-values';
import type { OrderItem } from '../../handlers/shared/commands/order-item';

/** Conflicts with commands that are applied at the same time, after each of which the write is computed again. */
const MAX_CONFLICTS = 20;

/**
 * Reads the orders that may have something of the customer: those of the customer, those that were erased before, and those with pending commands.
 *
 * @param erasedIds gets the pseudonyms of orders that were erased before.
 */
export async function readOrders(run: ErasureRun, erasedIds: Set<string>): Promise<OrderItem[]> {
  const found: OrderItem[] = [];
  let count = 0;
  for await (const page of run.aws.scan(run.pipeline.tables.orders!)) {
    for (const item of page.map((attributes) => fromAttributes(attributes) as unknown as OrderItem)) {
      if (!isOfTenant(run, item.orderId)) continue;
      if (wasErased(item) && customerIn(item) !== undefined) erasedIds.add(String(customerIn(item)));
      const isOwn = isInScope(item, run.eraser);
      if (isOwn) run.orders.add(item.orderId);
      if (isOwn || Object.keys(item.pending ?? {}).length > 0) found.push(item);
    }
    run.progress(`orders table: ${count += page.length} items read`);
  }
  return found;
}

/**
 * Plans the writes of orders.
 *
 * @throws FieldNotErasable
 */
export const planOrders = (items: readonly OrderItem[], run: ErasureRun): Change[] => items.flatMap((item) => {
  const before = run.eraser.count;
  return erasedItem(item, run.eraser, run.now()) === undefined
    ? []
    : [{ order: item.orderId, fields: run.eraser.count - before, apply: () => writeErased(item, run) }];
});

/** Writes an order on the condition that it is as it was read; after another write, it is erased as it is then. */
async function writeErased(item: OrderItem, { aws, pipeline, eraser, now }: ErasureRun): Promise<boolean> {
  let current: OrderItem | undefined = item;
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const next = current && erasedItem(current, eraser, now());
    if (next === undefined) return true;
    const answer = await aws.orders(pipeline.tables.orders!).write(next);
    if (answer.written) return true;
    current = answer.current;
  }
  return false;
}
