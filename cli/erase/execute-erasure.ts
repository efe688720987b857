import { eraseDeadLetters } from './erase-dead-letters';
import { eraseFiles } from './erase-files';
import type { Change, ErasureRun, PlaceResult } from './erasure-run';
import type { Erasure, PlannedTable } from './plan-erasure';
import { fieldsByOrder, recordErasure } from './record-erasure';
import { mapAtMost } from '../../handlers/shared/messaging/map-at-most';

/** Requests at the same time. */
const CONCURRENCY = 16;

/** Makes the writes of an erasure, if its command is executed, and deals with what is not in tables. Returns the result in each place. */
export async function executeErasure({ run, tables }: Erasure): Promise<PlaceResult[]> {
  const results: PlaceResult[] = [];
  for (const table of tables) results.push(await executeTable(table, run));
  if (run.command.execute && run.pipeline.tables.history !== undefined) await recordErasures(tables, run);
  results.push(...await mapAtMost(CONCURRENCY, run.pipeline.routes, (route) => eraseDeadLetters(route, run)));
  if (run.pipeline.bucket !== undefined) results.push(...await eraseFiles(run.pipeline.bucket, run));
  return results;
}

async function executeTable({ place, what, changes }: PlannedTable, run: ErasureRun): Promise<PlaceResult> {
  const applied = run.command.execute ? await mapAtMost(CONCURRENCY, changes, (change) => applyUnlessInterrupted(change, place, run)) : [];
  const done = applied.filter((isApplied) => isApplied).length;
  const fields = changes.reduce((sum, change) => sum + change.fields, 0);
  return { place, what, found: changes.length, fields, action: 'erase', done };
}

async function applyUnlessInterrupted({ apply }: Change, place: string, { interruption, progress }: ErasureRun): Promise<boolean> {
  if (interruption.aborted) return false;
  progress(`${place}: erasing`);
  return apply();
}

async function recordErasures(tables: readonly PlannedTable[], run: ErasureRun): Promise<void> {
  const orders = [...fieldsByOrder(tables.flatMap(({ changes }) => changes))];
  if (orders.length === 0) return;
  const operator = await run.console.identity();
  await mapAtMost(CONCURRENCY, orders, ([order, fields]) => recordErasure(order, fields, operator, run));
}
