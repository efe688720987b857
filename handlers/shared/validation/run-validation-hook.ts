import type { SQSRecord } from 'aws-lambda';
import type { SequenceStore } from './assign-sequence';
import type { ValidatedCommand } from './validate-batch';
import type { HookResult } from './validation-hook';
import { rejectedByHook } from '../events/rejection';
import { attempt, type Attempt } from '../messaging/message-groups';
import type { PricedOrder } from '../orders/order';

/** Asks the app's own validation hook about orders; a verdict for each. */
export type ValidationHook = (orders: readonly PricedOrder[]) => Promise<HookResult[]>;

/** An order that keeps all other rules. */
interface Question {
  readonly record: SQSRecord;
  readonly validated: ValidatedCommand;
  readonly order: PricedOrder;
}

/**
 * Asks the app's own validation hook about all orders that keep the rules, once: its verdict is kept with the order's place, so that it
 * is the same when the message comes again. Orders that come for the first time are asked about together, others alone: one that the
 * hook cannot digest takes no others with it.
 *
 * @returns the judgements after that. Where the hook gives no answer, that says nothing about the order, which comes again.
 */
export async function runValidationHook(
  validated: ReadonlyMap<SQSRecord, Attempt<ValidatedCommand>>, validationHook: ValidationHook, sequences: SequenceStore,
): Promise<Map<SQSRecord, Attempt<ValidatedCommand>>> {
  const questions = [...validated].flatMap(([record, { value }]) =>
    (value?.validation.type === 'OrderValidated' ? [{ record, validated: value, order: value.validation.data.order }] : []));
  const answers = await Promise.all(together(questions).map((some) => answer(some, validationHook, sequences)));
  return new Map([...validated, ...answers.flat()]);
}

/** Questions as they are asked. */
function together(questions: readonly Question[]): Question[][] {
  const isFirst = ({ record, validated: { place } }: Question) => record.attributes.ApproximateReceiveCount === '1' && place.verdict === undefined;
  const first = questions.filter(isFirst);
  const others = questions.filter((question) => !isFirst(question)).map((question) => [question]);
  return first.length > 0 ? [first, ...others] : others;
}

async function answer(questions: readonly Question[], validationHook: ValidationHook, sequences: SequenceStore): Promise<[SQSRecord, Attempt<ValidatedCommand>][]> {
  const { value: verdicts, error } = await attempt(async () =>
    (questions[0].validated.place.verdict ? [questions[0].validated.place.verdict] : validationHook(questions.map(({ order }) => order))));
  if (error) return questions.map(({ record }) => [record, { error }]);
  return Promise.all(questions.map(async (question, index) => [question.record, await attempt(() => settle(question, verdicts[index], sequences))]));
}

async function settle({ validated, order }: Question, verdict: HookResult, sequences: SequenceStore): Promise<ValidatedCommand> {
  const { command: { orderId }, place } = validated;
  const kept = place.verdict ?? await sequences.saveHookResult(orderId, place.sequence, verdict);
  return kept.length === 0 ? validated : { ...validated, validation: { type: 'OrderRejected', data: rejectedByHook(kept, order.customerId) } };
}
