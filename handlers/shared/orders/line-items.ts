import { stringify } from 'safe-stable-stringify';
import type { OrderDocument } from './order-document';
import type { OrderModelDescription } from '../../../src/private/contract';
import { stepsOf, valueAt, withValueAt } from '../json/value-at';

/** How other systems refer to a line item: by its ID, or by its index from 0 if it has no ID, or not one of its own. */
export type LineItemReference = string | number;

/** What the pipeline uses of a line item. */
export interface LineItem {
  readonly reference: LineItemReference;
  /** In thousandths, of which every sum is exact. 0 for a value that is not a quantity. */
  readonly thousandths: number;
  /** The JSON Pointer to the quantity in the order. */
  readonly quantityPath: string;
  /** Everything that cannot change once a part of it is fulfilled, as text for comparisons. */
  readonly fixed: string;
}

/** Quantities have up to three decimal places. */
export const toThousandths = (quantity: number): number => Math.round(quantity * 1000);
export const fromThousandths = (thousandths: number): number => thousandths / 1000;

/** Makes the function that reads the line items of an order, by the pointers of its model. */
export function lineItemsReader({ lineItems: pointers }: OrderModelDescription): (order: OrderDocument) => readonly LineItem[] | undefined {
  if (!pointers) return () => undefined;
  const [path, quantity, id] = [stepsOf(pointers.path), stepsOf(pointers.quantity), stepsOf(pointers.id ?? '')];
  const changeable = pointers.changeable.map(stepsOf);
  return (order) => {
    const found = valueAt(order, ...path);
    const lines: readonly unknown[] = Array.isArray(found) ? found : [];
    const ids = lines.map((line) => (id.length > 0 ? textOf(valueAt(line, ...id)) : undefined));
    const repeated = repeatedIn(ids);
    return lines.map((line, index) => ({
      reference: ids[index] === undefined || repeated.has(ids[index]) ? index : ids[index],
      thousandths: thousandthsOf(valueAt(line, ...quantity)),
      quantityPath: `${pointers.path}/${index}${pointers.quantity}`,
      fixed: stringify(changeable.reduce<unknown>((rest, steps) => withValueAt(rest, steps, null) ?? rest, line)) ?? '',
    }));
  };
}

/** The IDs of several line items, which refer to none of them. */
function repeatedIn(ids: readonly (string | undefined)[]): ReadonlySet<string | undefined> {
  const seen = new Set<string | undefined>();
  return new Set(ids.filter((id) => seen.has(id) || !seen.add(id)));
}

const textOf = (id: unknown): string | undefined => (typeof id === 'string' || Number.isSafeInteger(id) ? String(id) : undefined);

function thousandthsOf(quantity: unknown): number {
  const thousandths = typeof quantity === 'number' ? toThousandths(quantity) : 0;
  return Number.isSafeInteger(thousandths) && thousandths > 0 ? thousandths : 0;
}

