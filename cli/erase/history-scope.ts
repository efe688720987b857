import type { Eraser } from './eraser';
import { valueAt } from '../../handlers/shared/json/value-at';
import type { HistoryRecord } from '../../handlers/shared/queries/history-record';

/** Whether an event is about the customer: by the customer that it names, or else by its order. */
export function isEventInScope({ orderId, facts, data }: HistoryRecord, eraser: Eraser, orders: ReadonlySet<string>): boolean {
  const customer = valueAt(facts, 'customerId') ?? eraser.customerOf(valueAt(data, 'order'));
  return customer === undefined ? orders.has(orderId) : eraser.isCustomer(customer) || eraser.isErased(customer);
}
