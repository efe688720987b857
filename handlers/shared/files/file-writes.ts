import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { FileCheckResult, FileProgress, FileRecord, FileState } from './file-record';

/** An update of a file's record, made only while its state is one of `from`. The record afterwards, or as it stands, is returned. */
function update(
  TableName: string, fileId: string, from: readonly FileState[], changes: Record<string, unknown>, extra?: Condition,
): UpdateCommandInput {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  return {
    TableName,
    Key: { fileId },
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

/** Records that a file was checked, once. */
export const recordFileCheck = (table: string, fileId: string, findings: FileCheckResult, now: Date): UpdateCommandInput =>
  update(table, fileId, ['RECEIVED'], { ...findings, state: findings.reason ? 'REJECTED' : 'VALIDATED', validatedAt: now.toISOString(), notified: false });

/** Records who has been told the outcome of the check: people (`alerted`), or everybody (`announced`). */
export const markNotified = (table: string, { fileId }: FileRecord, who: 'alerted' | 'notified'): UpdateCommandInput =>
  update(table, fileId, ['VALIDATED', 'REJECTED', 'EXTRACTING', 'COMPLETED'], { [who]: true });

/** Records how far the extraction got, unless another one got somewhere since. */
export const advanceFile = (table: string, { fileId, progress }: FileRecord, next: FileProgress): UpdateCommandInput =>
  update(table, fileId, ['VALIDATED', 'EXTRACTING'], { state: 'EXTRACTING', progress: next }, progress
    ? { expression: 'progress.#position.#index = :index', names: { '#position': 'position', '#index': 'index' }, values: { ':index': progress.position.index } }
    : { expression: 'attribute_not_exists(progress)' });

/** Records that every valid order of a file is in the orders queue. */
export const completeFile = (table: string, fileId: string, now: Date): UpdateCommandInput =>
  update(table, fileId, ['VALIDATED', 'EXTRACTING'], { state: 'COMPLETED', completedAt: now.toISOString() });
