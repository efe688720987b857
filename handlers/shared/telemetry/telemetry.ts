import { Logger, LogLevelThreshold } from '@aws-lambda-powertools/logger';
import { countMany, countOutcomes } from './count-outcomes';
import { isCorrelationId } from './id-formats';
import type { Outcome } from './outcome';

/** Structured JSON logs. They hold IDs, codes and counts only; the content of orders never reaches the logs. */
export const logger = new Logger();

/**
 * Counts each outcome of a batch as a CloudWatch metric in the log (EMF), and writes one INFO line with the outcomes that have a reason: failures,
 * rejections and refusals. Success has no line unless the log level is DEBUG: the events and the history of an order trace it.
 */
export const report = (message: string, outcomes: readonly Outcome[]): void => withoutFailing(() => {
  const logged = isDebugging() ? outcomes : outcomes.filter(({ reason }) => reason !== undefined);
  if (logged.length > 0) logger.info(message, { count: outcomes.length, outcomes: logged.map(loggable) });
  countOutcomes(outcomes.filter(({ isCounted }) => isCounted ?? true));
});

/** Whether the log level is DEBUG or TRACE. */
const isDebugging = (): boolean => logger.level <= LogLevelThreshold.DEBUG;

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
