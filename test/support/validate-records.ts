import type { SQSRecord } from 'aws-lambda';
import {
  messageGroupOf, processInGroups, runValidationHook, validateAndAssign, valueOf, type ValidatedCommand, type ValidationContext, type ValidationHook,
} from '#shared';

/** Validates a batch as `validate-order` does, up to publishing. The function that it returns throws the error of a record that failed. */
export async function validateRecords(
  records: readonly SQSRecord[], context: ValidationContext & { readonly validationHook?: ValidationHook },
): Promise<(record: SQSRecord) => ValidatedCommand> {
  const validated = await processInGroups(records, messageGroupOf, (record) => validateAndAssign(record, context));
  const decided = await runValidationHook(validated, context.validationHook, context.sequences);
  return (record) => valueOf(decided.get(record)!);
}
