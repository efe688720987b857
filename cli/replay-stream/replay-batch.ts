import type { StreamedEvent } from './streamed-event';
import type { Aws } from '../aws';
import type { CommandContext } from '../command-context';
import { FunctionFailed } from '../function-failed';
import { isRetryable } from '../redrive/is-retryable';

/** The maximum of Lambda for an invocation. */
const INVOCATION_TIMEOUT = 900;
/** Attempts for a batch, and the first pause between them. Pauses double. */
const ATTEMPTS = 6;
const PAUSE_MS = 1000;

/** The receiver of a replay. */
export interface ReplayTarget {
  readonly functionName: string;
  /** The object of the events. */
  readonly source: string;
  readonly invoke: Aws['invoke'];
  readonly clock: CommandContext['clock'];
  readonly interruption: AbortSignal;
}

/**
 * Invokes the function with events, as Lambda does with records of a stream: after a failure, from the first failed event on.
 *
 * @returns whether the function processed all of them; otherwise the command was interrupted.
 * @throws Error when the function still fails after the last attempt.
 */
export async function replayBatch(events: readonly StreamedEvent[], target: ReplayTarget): Promise<boolean> {
  const { functionName, source, invoke, clock, interruption } = target;
  let rest = events;
  for (let attempt = 1; ; attempt++) {
    const { failedFrom, reason } = await attemptBatch(rest, source, (request) => invoke(functionName, request, INVOCATION_TIMEOUT));
    rest = rest.slice(failedFrom);
    if (rest.length === 0) return true;
    if (attempt === ATTEMPTS) throw new Error(`${functionName} failed ${ATTEMPTS} times: ${reason}`);
    await clock.sleep(PAUSE_MS * 2 ** (attempt - 1), interruption);
    if (interruption.aborted) return false;
  }
}

interface Attempt {
  /** The index of the first event that failed, or the number of events. */
  readonly failedFrom: number;
  readonly reason?: string;
}

async function attemptBatch(events: readonly StreamedEvent[], source: string, invoke: (request: object) => Promise<unknown>): Promise<Attempt> {
  try {
    const { batchItemFailures = [] } = (await invoke(kinesisEvent(events, source)) ?? {}) as { batchItemFailures?: { itemIdentifier: string }[] };
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    if (failed.size === 0) return { failedFrom: events.length };
    // An unknown identifier fails the whole batch, as in Lambda.
    const first = events.findIndex((_, index) => failed.has(sequenceNumber(index)));
    return { failedFrom: Math.max(first, 0), reason: 'it reported batch item failures' };
  } catch (error) {
    const failure = error as Error;
    if (!(failure instanceof FunctionFailed) && !isRetryable(failure)) throw failure;
    return { failedFrom: 0, reason: failure.message || failure.name };
  }
}

/** Sequence numbers are unique within an invocation only. */
const sequenceNumber = (index: number): string => String(index + 1).padStart(56, '0');

/** An event of Kinesis with the events as records. Its source is the object. */
export const kinesisEvent = (events: readonly StreamedEvent[], source: string): object => ({
  Records: events.map(({ line, partitionKey, occurredAt }, index) => ({
    eventID: `replay:${sequenceNumber(index)}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventSourceARN: source,
    eventVersion: '1.0',
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber: sequenceNumber(index),
      approximateArrivalTimestamp: Date.parse(occurredAt) / 1000,
      data: Buffer.from(`${line}\n`).toString('base64'),
    },
  })),
});
