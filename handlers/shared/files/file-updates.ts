import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { FileCheckResult } from './file-check-result';
import type { FileProgress, FileRecord, FileState } from './file-record';
import type { OutcomeCounts } from './outcome-chunk';
import { stateKeyOf } from './state-key';
import { FILE_PART } from '../../../src/private/contract';

/** What the update of a file's record needs of it. */
type TheFile = Pick<FileRecord, 'fileId' | 'tenant'>;

/** Creates an update of a file's record on the condition that its state is one of `from`. Returns the record in both cases. */
function update(
  TableName: string, { fileId, tenant }: TheFile, from: readonly FileState[], changes: Record<string, unknown>, extra?: Condition,
): UpdateCommandInput {
  const entries = Object.entries({ ...changes, ...stateKeyOf(tenant, changes.state) }).filter(([, value]) => value !== undefined);
  return {
    TableName,
    Key: { fileId, part: FILE_PART },
    UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: [`#state IN (${from.map((state) => `:from${state}`).join(', ')})`, ...(extra ? [extra.expression] : [])].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([['#state', 'state'], ...entries.map(([name]) => [`#${name}`, name]), ...Object.entries(extra?.names ?? {})]),
    ExpressionAttributeValues: Object.fromEntries([
      ...entries.map(([name, value]) => [`:${name}`, value]), ...from.map((state) => [`:from${state}`, state]), ...Object.entries(extra?.values ?? {}),
    ]),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

interface Condition {
  readonly expression: string;
  readonly names?: Record<string, string>;
  readonly values?: Record<string, unknown>;
}

/** Records the result of a check, once. */
export const recordFileCheck = (table: string, file: TheFile, result: FileCheckResult, now: Date): UpdateCommandInput =>
  update(table, file, ['RECEIVED'], { ...result, state: result.reason ? 'REJECTED' : 'VALIDATED', validatedAt: now.toISOString(), notified: false });

/** What was published or sent about a file. */
type NotificationFlag = 'alerted' | 'notified' | 'rejectionsAlerted' | 'outcomesNotified';

/** Records that an alert was published (`…Alerted`), or that everything was published and sent (`…Notified`). */
export const markNotified = (table: string, file: TheFile, flag: NotificationFlag): UpdateCommandInput =>
  update(table, file, ['VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED'], { [flag]: true });

/** Saves the checkpoint of an extraction, unless another invocation saved one in the meantime. */
export const saveCheckpoint = (table: string, { progress, ...file }: FileRecord, next: FileProgress): UpdateCommandInput =>
  update(table, file, ['VALIDATED', 'EXTRACTING'], { state: 'EXTRACTING', progress: next }, progress
    ? { expression: 'progress.#position.#index = :index', names: { '#position': 'position', '#index': 'index' }, values: { ':index': progress.position.index } }
    : { expression: 'attribute_not_exists(progress)' });

/** Records that all valid orders of a file are in the orders queue, and how many of them are in each chunk of outcomes. */
export const completeFile = (table: string, file: TheFile, validByChunk: readonly number[] | undefined, now: Date): UpdateCommandInput =>
  update(table, file, ['VALIDATED', 'EXTRACTING'], { state: 'COMPLETED', completedAt: now.toISOString(), validByChunk });

/** Records the outcomes of all orders of a file, once. */
export const recordFileOutcomes = (table: string, file: TheFile, outcomes: OutcomeCounts, now: Date): UpdateCommandInput =>
  update(table, file, ['COMPLETED'], { outcomes, processedAt: now.toISOString() }, { expression: 'attribute_not_exists(processedAt)' });
