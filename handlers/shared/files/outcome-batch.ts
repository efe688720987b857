import * as z from 'zod/mini';
import type { RecordedOutcome } from './file-order-rejection';
import type { RecordedFile } from './record-file-outcomes';
import { FILE_ORDER_OUTCOME } from '../../../src/private/contract';
import { parseShape } from '../messaging/parse-message';
import { resultOf, valueOf, type Result } from '../messaging/process-in-groups';
import { FILE_ID_PATTERN } from '../orders/ids';
import { identityOf, isOrderKey } from '../orders/order-identity';
import type { Outcome } from '../telemetry/outcome';

const rejectionSchema = z.object({
  code: z.string(), reason: z.string(), errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
});

const imageSchema = z.object({
  orderId: z.string().check(z.refine(isOrderKey)),
  outcome: z.object({
    fileId: z.string().check(z.regex(FILE_ID_PATTERN)),
    index: z.int().check(z.gte(0)),
    outcome: z.enum(FILE_ORDER_OUTCOME),
    at: z.iso.datetime(),
    rejection: z.optional(rejectionSchema),
  }),
});

/**
 * Reads the outcome for its file from an order's item.
 *
 * @throws PoisonMessage when the pipeline did not write the item.
 */
export function readOutcome(image: unknown): RecordedOutcome {
  const { orderId, outcome } = parseShape(image, imageSchema);
  return { orderId: identityOf(orderId).orderId, ...outcome };
}

/**
 * Records the outcomes of a batch, the files concurrently. An error of one file does not fail the outcomes of another.
 *
 * @returns a function that returns what happened to the outcome of a record, or throws its error.
 */
export async function recordOutcomeBatch<Message>(
  results: ReadonlyMap<Message, Result<RecordedOutcome>>, record: (fileId: string, outcomes: readonly RecordedOutcome[]) => Promise<RecordedFile>,
): Promise<(message: Message) => Promise<Outcome[]>> {
  const byFile = Map.groupBy([...results.values()].flatMap(({ value }) => value ?? []), ({ fileId }) => fileId);
  const files = new Map(await Promise.all([...byFile].map(async ([fileId, outcomes]) =>
    [fileId, await resultOf(() => record(fileId, outcomes))] as const)));
  return async (message) => {
    const own = valueOf(results.get(message)!);
    const { outcomes, announced } = valueOf(files.get(own.fileId)!);
    const { fileId, orderId, rejection } = own;
    const isFirst = byFile.get(fileId)![0] === own;
    return [
      { outcome: outcomes.get(own)!, orderId, fileId, ...(rejection ? { reason: rejection.code } : {}) },
      ...(isFirst ? announced : []),
    ];
  };
}
