import { Logger } from '@aws-lambda-powertools/logger';
import { countMany, countOutcomes } from './count-outcomes';

/** Structured JSON logs. Ids, codes and counts only: what is in an order stays out of the logs. */
export const logger = new Logger();

/** What became of one message: the ids to find it by, and a word for the outcome, which is also the name of its metric. */
export interface Outcome {
  readonly outcome: string;
  readonly orderId?: string;
  readonly fileId?: string;
  readonly messageId?: string;
  readonly commandId?: string;
  readonly correlationId?: string;
  /** Why, where it did not go well: an error's name or a rejection code. */
  readonly reason?: string;
  /** It is counted elsewhere: what is told from a table's stream, when it is told. */
  readonly isCounted?: false;
}

/** One INFO line for a whole batch, and a count of each outcome as a CloudWatch metric in the same log (EMF). */
export const report = (message: string, outcomes: readonly Outcome[]): void => withoutFailing(() => {
  logger.info(message, { count: outcomes.length, outcomes: outcomes.map(loggable) });
  countOutcomes(outcomes.filter(({ isCounted }) => isCounted ?? true));
});

/** A count of what is too much to be told one by one. */
export const reportCount = (outcome: string, times: number): void => withoutFailing(() => countMany(outcome, times));

/** Whether somebody's id can be handed on, and logged: it is an id, and not a name or an address. */
export const isCorrelationId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9._:-]{1,128}$/.test(value);

/** An outcome as it is logged. Ids that others gave may say anything: the doors refuse those that do, and not all ways lead through them. */
function loggable({ isCounted, ...outcome }: Outcome): Outcome {
  const { commandId = '-', correlationId = '-', ...rest } = outcome;
  return isCorrelationId(commandId) && isCorrelationId(correlationId) ? outcome : rest;
}

/** An ERROR line for a request that could not be served, with the error's name: its text may quote what was sent. */
export const reportError = (message: string, correlationId: string, error: unknown): void => withoutFailing(() => {
  logger.error(message, { correlationId, errorName: (error as Error)?.name });
});

/** Telemetry must never turn work that is done into work that is repeated. */
function withoutFailing(tell: () => void): void {
  try {
    tell();
  } catch {
    // Whoever cannot log cannot log that either.
  }
}
