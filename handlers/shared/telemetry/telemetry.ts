import { Logger } from '@aws-lambda-powertools/logger';
import { countMany, countOutcomes } from './count-outcomes';
import { isCorrelationId } from './id-formats';
import type { Outcome } from './outcome';

/** Structured JSON logs. They hold IDs, codes and counts only; the content of orders never reaches the logs. */
export const logger = new Logger();

/** Writes one INFO line for a whole batch, and counts each outcome as a CloudWatch metric in the same log (EMF). */
export const report = (message: string, outcomes: readonly Outcome[]): void => withoutFailing(() => {
  logger.info(message, { count: outcomes.length, outcomes: outcomes.map(loggable) });
  countOutcomes(outcomes.filter(({ isCounted }) => isCounted ?? true));
});

/** Counts outcomes that are too many to log one by one. */
export const reportCount = (outcome: string, times: number): void => withoutFailing(() => countMany(outcome, times));

/** Omits IDs that may hold personal data. The API rejects such IDs, but commands can also arrive by other channels. */
function loggable({ isCounted, ...outcome }: Outcome): Outcome {
  const { commandId = '-', correlationId = '-', ...rest } = outcome;
  return isCorrelationId(commandId) && isCorrelationId(correlationId) ? outcome : rest;
}

/** Writes an ERROR line for a failed request, with the error's name only: its message may quote the request. */
export const reportError = (message: string, correlationId: string, error: unknown): void => withoutFailing(() => {
  logger.error(message, { correlationId, errorName: (error as Error)?.name });
});

/** A failure of telemetry must not cause completed work to be retried. */
function withoutFailing(write: () => void): void {
  try {
    write();
  } catch {
    // A failure to log cannot be logged.
  }
}
