import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Alert } from './file-alert';
import { fileProcessedEvent, type FileEvent } from './file-event';
import type { RejectedFileOrder } from './file-order-rejection';
import type { FileRecord, ProcessedFile } from './file-record';
import { markNotified, recordFileOutcomes } from './file-updates';
import { knownOutcomes, type OutcomeCounts } from './outcome-chunk';
import { MAX_ALERT_REJECTIONS, rejectedOrdersAlert } from './rejected-orders-alert';
import { publishEvent, type Publish } from '../events/publish-events';
import type { Outcome } from '../telemetry/outcome';

/** What the announcement of a file's outcomes needs. */
export interface AnnouncementContext {
  readonly table: string;
  /** Updates the record of a file if the condition of the request holds; returns the current record in both cases. */
  readonly updateFile: (request: UpdateCommandInput) => Promise<{ readonly file: FileRecord }>;
  /** Counts the known outcomes of a file, strongly consistent. */
  readonly countOutcomes: (fileId: string) => Promise<OutcomeCounts>;
  readonly firstRejections: (fileId: string, limit: number) => Promise<readonly RejectedFileOrder[]>;
  readonly publish: Publish<FileEvent>;
  readonly publishAlert: (alert: Alert) => Promise<unknown>;
}

/**
 * Announces the outcomes of a file when the last one is known: in its record, by an event and, if orders were rejected, by an alert. The outcome
 * that is recorded last and the extraction that completes the file both call it, after their own write, so that the later of the two announces.
 *
 * @returns the outcome to log; none if outcomes are missing, or if they were announced before.
 * @throws Error when something could not be published: the caller is retried, and so is the announcement.
 */
export async function announceOutcomes(file: FileRecord, context: AnnouncementContext): Promise<Outcome[]> {
  const { fileId, counts, state } = file;
  if (state !== 'COMPLETED' || file.outcomesNotified) return [];
  const outcomes = file.outcomes ?? await context.countOutcomes(fileId);
  if (knownOutcomes(outcomes) < counts!.valid) return [];
  const { file: processed } = await context.updateFile(recordFileOutcomes(context.table, file, outcomes, new Date()));
  if (processed.outcomesNotified) return [];
  await notify(processed as ProcessedFile, context);
  return [{ outcome: 'FileProcessed', fileId }];
}

/** Publishes the event and the alert. The alert does not depend on the event bus, and is repeated only after a crash. */
async function notify(file: ProcessedFile, context: AnnouncementContext): Promise<void> {
  const publishError: Error | undefined = await publishEvent(context.publish, fileProcessedEvent(file)).then(() => undefined, (error) => error);
  if (file.outcomes.rejected > 0 && !file.rejectionsAlerted) {
    await context.publishAlert(rejectedOrdersAlert(file, await context.firstRejections(file.fileId, MAX_ALERT_REJECTIONS)));
    await context.updateFile(markNotified(context.table, file, 'rejectionsAlerted'));
  }
  if (publishError) throw publishError;
  await context.updateFile(markNotified(context.table, file, 'outcomesNotified'));
}
