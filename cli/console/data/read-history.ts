import { listEvents } from '../../../handlers/aws/history-table';
import type { HistoryPageKey } from '../../../handlers/shared/queries/history-page';
import type { HistoryRecord } from '../../../handlers/shared/queries/history-record';

const PAGE = 100;
/** More events than an order has, unless it is read or redriven again and again. */
const MAX_PAGES = 10;

/** Reads the events of an order, oldest first, up to a maximum number. */
export async function readHistory(table: string, orderKey: string): Promise<HistoryRecord[]> {
  const records: HistoryRecord[] = [];
  let after: HistoryPageKey | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await listEvents(table, orderKey, { limit: PAGE, after, tokenScope: '' });
    records.push(...answer.records);
    after = answer.next;
    if (!after) break;
  }
  return records;
}
