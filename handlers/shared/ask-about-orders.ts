import type { SQSRecord } from 'aws-lambda';
import { attempt, type Attempt } from './attempt-in-groups';
import type { JudgedCommand } from './judge-batch';
import type { PricedOrder } from './order';
import { rejectedByHook } from './rejection';
import type { SequenceStore } from './take-place';
import type { HookVerdict } from './validation-hook';

/** Asks the app's own validation hook about orders; a verdict for each. */
export type AskHook = (orders: readonly PricedOrder[]) => Promise<HookVerdict[]>;

/** An order that keeps all other rules. */
interface Question {
  readonly record: SQSRecord;
  readonly judged: JudgedCommand;
  readonly order: PricedOrder;
}

/**
 * Asks the app's own validation hook about all orders that keep the rules, once: its verdict is kept with the order's place, so that it
 * is the same when the message comes again. Orders that come for the first time are asked about together, others alone: one that the
 * hook cannot digest takes no others with it.
 *
 * @returns the judgements after that. Where the hook gives no answer, that says nothing about the order, which comes again.
 */
export async function askAboutOrders(
  judged: ReadonlyMap<SQSRecord, Attempt<JudgedCommand>>, askHook: AskHook, sequences: SequenceStore,
): Promise<Map<SQSRecord, Attempt<JudgedCommand>>> {
  const questions = [...judged].flatMap(([record, { value }]) =>
    (value?.judgement.type === 'OrderValidated' ? [{ record, judged: value, order: value.judgement.data.order }] : []));
  const answers = await Promise.all(together(questions).map((some) => answer(some, askHook, sequences)));
  return new Map([...judged, ...answers.flat()]);
}

/** Questions as they are asked. */
function together(questions: readonly Question[]): Question[][] {
  const isFirst = ({ record, judged: { place } }: Question) => record.attributes.ApproximateReceiveCount === '1' && place.verdict === undefined;
  const first = questions.filter(isFirst);
  const others = questions.filter((question) => !isFirst(question)).map((question) => [question]);
  return first.length > 0 ? [first, ...others] : others;
}

async function answer(questions: readonly Question[], askHook: AskHook, sequences: SequenceStore): Promise<[SQSRecord, Attempt<JudgedCommand>][]> {
  const { value: verdicts, error } = await attempt(async () =>
    (questions[0].judged.place.verdict ? [questions[0].judged.place.verdict] : askHook(questions.map(({ order }) => order))));
  if (error) return questions.map(({ record }) => [record, { error }]);
  return Promise.all(questions.map(async (question, index) => [question.record, await attempt(() => settle(question, verdicts[index], sequences))]));
}

async function settle({ judged, order }: Question, verdict: HookVerdict, sequences: SequenceStore): Promise<JudgedCommand> {
  const { command: { orderId }, place } = judged;
  const kept = place.verdict ?? await sequences.keepVerdict(orderId, place.sequence, verdict);
  return kept.length === 0 ? judged : { ...judged, judgement: { type: 'OrderRejected', data: rejectedByHook(kept, order.customerId) } };
}
