import type { SQSRecord } from 'aws-lambda';
import type { SequenceStore } from './assign-sequence';
import type { ValidatedCommand } from './validate-and-assign';
import { hookOrder, type HookOrder, type HookResult } from './validation-hook';
import { rejectedByHook } from '../commands/rejection';
import { callsFor, isFirstReceive } from '../messaging/calls-for';
import { resultOf, type Result } from '../messaging/process-in-groups';
import { orderKey } from '../orders/order-identity';

/** Calls the app's validation hook with orders; returns a result for each. */
export type ValidationHook = (orders: readonly HookOrder[]) => Promise<HookResult[]>;

type ValidationResults = ReadonlyMap<SQSRecord, Result<ValidatedCommand>>;

/** An order that passed the built-in validation. */
interface HookCandidate {
  readonly record: SQSRecord;
  readonly validated: ValidatedCommand;
  readonly order: HookOrder;
}

/**
 * Validates the valid orders of a batch with the app's validation hook. Each result is stored with the order's sequence number, so that it
 * is the same when the message is redelivered. Orders that are received for the first time share one call; each redelivered order has its
 * own, so that an order that makes the hook fail does not fail others.
 *
 * @returns the results after the hook. Where the hook failed, the order is neither valid nor rejected, and its record fails.
 */
export async function runValidationHook(
  validated: ValidationResults, validationHook: ValidationHook | undefined, sequences: SequenceStore,
): Promise<ValidationResults> {
  if (!validationHook) return validated;
  const candidates = [...validated].flatMap(([record, { value }]) =>
    (value?.validation.type === 'OrderValidated' ? [{ record, validated: value, order: hookOrder(value.command, value.validation) }] : []));
  const results = await Promise.all(callsFor(candidates, isFirst).map((call) => callHook(call, validationHook, sequences)));
  return new Map([...validated, ...results.flat()]);
}

/** A result that is stored already needs no call, and is not shared with others. */
const isFirst = ({ record, validated: { assignment } }: HookCandidate): boolean => isFirstReceive(record) && assignment.hookResult === undefined;

async function callHook(
  candidates: readonly HookCandidate[], validationHook: ValidationHook, sequences: SequenceStore,
): Promise<[SQSRecord, Result<ValidatedCommand>][]> {
  const { hookResult: stored } = candidates[0].validated.assignment;
  const { value: results, error } = await resultOf(async () => (stored ? [stored] : validationHook(candidates.map(({ order }) => order))));
  if (error) return candidates.map(({ record }) => [record, { error }]);
  return Promise.all(candidates.map(async (candidate, index) =>
    [candidate.record, await resultOf(() => applyResult(candidate, results[index], sequences))]));
}

async function applyResult({ validated }: HookCandidate, result: HookResult, sequences: SequenceStore): Promise<ValidatedCommand> {
  const { command, assignment } = validated;
  const stored = assignment.hookResult ?? await sequences.saveHookResult(orderKey(command), assignment.sequence, result);
  return stored.length === 0 ? validated : { ...validated, validation: { ...validated.validation, type: 'OrderRejected', data: rejectedByHook(stored) } };
}
