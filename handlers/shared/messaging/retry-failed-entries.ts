import { setTimeout as sleep } from 'node:timers/promises';

/** Attempts for one batch request, and the first pause between them. Pauses double, with full jitter. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly pauseMs: number;
}

/**
 * Sends a batch request and repeats it for the entries that failed: PutEvents and SendMessageBatch return 200 with failed entries, which the
 * SDK does not retry.
 *
 * @param send sends one request; returns the entries that failed, each with the error.
 * @returns the entries that failed in the last attempt, each with the error.
 */
export async function retryFailedEntries<Entry, Failure>(
  entries: readonly Entry[], send: (entries: readonly Entry[]) => Promise<Map<Entry, Failure>>, { attempts, pauseMs }: RetryPolicy,
): Promise<Map<Entry, Failure>> {
  let failed = await send(entries);
  for (let attempt = 2; failed.size > 0 && attempt <= attempts; attempt++) {
    await sleep(Math.random() * pauseMs * 2 ** (attempt - 2));
    failed = await send([...failed.keys()]);
  }
  return failed;
}
