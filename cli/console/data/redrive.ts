import { Problem } from '../../../handlers/shared/http/problem';
import { redriveAll } from '../../redrive/redrive-all';
import type { FunctionRequest } from '../../redrive/redrive-function';
import type { QueueResult } from '../../redrive/redrive-result';
import { STOP_REASONS } from '../../redrive/stop-reasons';
import type { RedriveOutcome, RedriveSelection } from '../console-api';
import type { ConsoleContext } from '../console-context';

const NO_INTERRUPTION = new AbortController().signal;
const sleep = (milliseconds: number) => new Promise<void>((resolve) => { setTimeout(resolve, milliseconds); });

/**
 * Redrives messages with the function of the pipeline.
 *
 * @throws Problem 404 for a queue that does not exist, 409 without the function.
 */
export async function redriveSelection(selection: RedriveSelection, { pipeline, invoke, operator }: ConsoleContext): Promise<RedriveOutcome> {
  const { redriveFunction, routes } = pipeline;
  if (redriveFunction === undefined) throw new Problem(409, 'no-redrive', 'the pipeline has no function redrive-dead-letters: its prop `redrive` is false');
  const { queue, messageIds, orderId } = selection;
  if (queue !== undefined && !routes.some(({ name }) => name === queue)) throw new Problem(404, 'unknown-queue', `there is no dead-letter queue "${queue}"`);
  const request: FunctionRequest = {
    action: 'redrive', dryRun: false, queue, orderId, requestedBy: operator.slice(-256), ...(messageIds ? { messageIds: [...messageIds] } : {}),
  };
  const result = await redriveAll(redriveFunction, request, invoke, {
    clock: { now: Date.now, sleep }, isTerminal: false, printError: () => undefined, catchInterruption: () => NO_INTERRUPTION,
  });
  return {
    moved: result.moved,
    failed: result.failed,
    remaining: result.left,
    notes: [...result.error === undefined ? [] : [result.error], ...result.queues.flatMap(notesOf)],
  };
}

/** Why messages of a queue were not moved. */
function notesOf({ queue, stopReason, error, messages }: QueueResult): string[] {
  const stopped = stopReason === undefined ? [] : [`${queue}: ${STOP_REASONS[stopReason]}${error === undefined ? '' : ` (${error})`}`];
  const reasons = new Set(messages.flatMap(({ stateReason }) => stateReason ?? []));
  return [...stopped, ...[...reasons].map((reason) => `${queue}: ${reason}`)];
}
