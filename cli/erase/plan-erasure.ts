import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { withPart } from './document-path';
import { planEvents, readEvents } from './erase-history';
import { planOrders, readOrders } from './erase-orders';
import { OTHER_TABLES, planTable } from './erase-table';
import { Eraser } from './eraser';
import type { Change, ErasureRun } from './erasure-run';
import { isPlaced, type OrderItem } from '../../handlers/shared/commands/order-item';
import { stepsOf } from '../../handlers/shared/json/value-at';

/** An erasure whose writes are known. */
export interface Erasure {
  readonly run: ErasureRun;
  readonly tables: readonly PlannedTable[];
}

/** The writes of one table. */
export interface PlannedTable {
  readonly place: string;
  readonly what: string;
  readonly changes: readonly Change[];
}

/**
 * Reads all tables and plans what is written.
 *
 * @throws FieldNotErasable when a field must stay and cannot be replaced. Nothing is changed then.
 */
export async function planErasure(shared: Omit<ErasureRun, 'eraser' | 'orders'>): Promise<Erasure> {
  const { command: { customerId }, model: { fields, customerPath }, pipeline } = shared;
  const erasedIds = new Set<string>();
  const eraserWith = (pseudonym: string | number) => new Eraser({ customerId, pseudonym, customerPath }, fields, erasedIds);
  const reading: ErasureRun = { ...shared, eraser: eraserWith(newPseudonym()), orders: new Set() };
  const orders = await readOrders(reading, erasedIds);
  const events = pipeline.tables.history === undefined ? [] : await readEvents(reading);
  const run = { ...reading, eraser: eraserWith(possiblePseudonym(orders, reading)) };
  // What was personal in an order is erased in whatever else is about it: all of it has to be known first.
  planOrders(orders, run);
  planEvents(events, run);
  const tables: PlannedTable[] = [
    { place: 'orders table', what: 'orders', changes: planOrders(orders, run) },
    ...(pipeline.tables.history === undefined ? [] : [{ place: 'history table', what: 'events', changes: planEvents(events, run) }]),
  ];
  for (const { label, physicalId } of pipeline.resources.filter(({ kind, label: name }) => kind === 'TABLE' && name in OTHER_TABLES)) {
    tables.push({ place: label, what: 'items', changes: await planTable(physicalId, label, run) });
  }
  return { run, tables };
}

const newPseudonym = (): string => `erased-${randomBytes(16).toString('hex')}`;

/** A random ID that all orders of the customer may have by their schema. If none does, the first one, which then fails with the path of the field. */
function possiblePseudonym(orders: readonly OrderItem[], { eraser, model: { fields, customerPath } }: ErasureRun): string | number {
  const documents = orders.filter(isPlaced).map(({ order }) => order).filter((order) => eraser.isCustomer(eraser.customerOf(order)));
  const candidates = [newPseudonym(), randomUUID(), randomInt(2 ** 47)];
  const isPossible = (candidate: string | number) =>
    documents.every((order) => fields.addsNoError(order)(withPart(order, stepsOf(customerPath), candidate)));
  return candidates.find(isPossible) ?? candidates[0];
}
