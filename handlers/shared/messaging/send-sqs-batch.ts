import { pack } from './pack';
import { retryFailedEntries, type RetryPolicy } from './retry-failed-entries';

/** The response of SendMessageBatch, DeleteMessageBatch or ChangeMessageVisibilityBatch. */
export interface SqsBatchResponse {
  readonly Successful?: readonly { readonly Id?: string }[];
  readonly Failed?: readonly { readonly Id?: string; readonly Code?: string }[];
}

/** Sends one batch request, in which the ID of each entry is its index. */
export type SqsBatchRequest<Entry> = (entries: readonly Entry[]) => Promise<SqsBatchResponse>;

/** The SQS quotas of a batch: 10 entries and, in all regions, at least 256 KiB. */
const LIMIT = { count: 10, bytes: 256 * 1024 };

/** Packs entries into batches that SQS accepts, in order. */
export const packForSqs = <Entry>(entries: readonly Entry[], bytesOf: (entry: Entry) => number = () => 0): Entry[][] =>
  pack(entries, LIMIT, bytesOf);

/** Sends one batch and repeats it for the entries that failed; returns those that failed in the last attempt, each with the error code. */
export const sendSqsBatch = <Entry>(batch: readonly Entry[], send: SqsBatchRequest<Entry>, retry: RetryPolicy): Promise<Map<Entry, string>> =>
  retryFailedEntries(batch, (entries) => sendOnce(entries, send), retry);

async function sendOnce<Entry>(batch: readonly Entry[], send: SqsBatchRequest<Entry>): Promise<Map<Entry, string>> {
  try {
    const { Successful = [], Failed = [] } = await send(batch);
    const sent = new Set(Successful.map(({ Id }) => Id));
    const codes = new Map(Failed.map(({ Id, Code }) => [Id, Code]));
    return new Map(batch.flatMap((entry, index) => (sent.has(String(index)) ? [] : [[entry, codes.get(String(index)) ?? 'no result for this entry']])));
  } catch (error) {
    return new Map(batch.map((entry) => [entry, (error as Error).name]));
  }
}
