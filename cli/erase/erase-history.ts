import { isOfTenant, type Change, type ErasureRun } from './erasure-run';
import { isEventInScope } from './history-scope';
import type { Attributes } from '../../handlers/aws/attribute-values';
import { fromHistoryItem, toHistoryItem } from '../../handlers/aws/history-items';
import type { HistoryRecord } from '../../handlers/shared/queries/history-record';
import { EVENT_POSITION, HISTORY_KEYS } from '../../src/private/contract';

/** An event as the table has it, and its contents. */
export interface RecordedEvent {
  readonly item: Attributes;
  readonly record: HistoryRecord;
}

/** Reads the events about the customer. Their orders are those of the customer, too, where no order names one. */
export async function readEvents(run: ErasureRun): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  let count = 0;
  for await (const page of run.aws.scan(run.pipeline.tables.history!)) {
    for (const item of page) {
      if (item[HISTORY_KEYS.sortKey].S!.startsWith(EVENT_POSITION) || !isOfTenant(run, item.orderId.S!)) continue;
      const record = fromHistoryItem(item);
      if (isEventInScope(record, run.eraser, run.orders)) found.push({ item, record });
    }
    run.progress(`history table: ${count += page.length} items read`);
  }
  return found;
}

/**
 * Plans the writes of events.
 *
 * @throws FieldNotErasable
 */
export const planEvents = (events: readonly RecordedEvent[], run: ErasureRun): Change[] => events.flatMap(({ item, record }) => {
  const { eraser, aws, pipeline } = run;
  const before = eraser.count;
  const erased = eraser.value(record);
  if (erased === record) return [];
  const apply = () => aws.update(pipeline.tables.history!, Object.values(HISTORY_KEYS), item, toHistoryItem(erased));
  return [{ order: record.orderId, fields: eraser.count - before, apply }];
});
