import { Problem } from '../../../handlers/shared/http/problem';
import type { CommandContext } from '../../command-context';
import { redriveAll } from '../../redrive/redrive-all';
import type { FunctionRequest } from '../../redrive/redrive-function';
import type { QueueResult } from '../../redrive/redrive-result';
import { STOP_REASONS } from '../../redrive/stop-reasons';
import type { RedriveOutcome, RedriveSelection } from '../console-api';
import type { ConsoleContext } from '../console-context';

/** A page does not wait longer, such as for messages that another consumer received: the operator can redrive the rest later. */
const MAX_PAUSE_MS = 1000;

/** The time of a redrive, which ends instead of a long pause. */
function shortPauses(): Pick<CommandContext, 'clock' | 'catchInterruption'> {
  const interruption = new AbortController();
  const sleep = async (milliseconds: number) => {
    if (milliseconds > MAX_PAUSE_MS) interruption.abort();
    else await new Promise((resolve) => { setTimeout(resolve, milliseconds); });
  };
  return { clock: { now: Date.now, sleep }, catchInterruption: () => interruption.signal };
}

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
    ...shortPauses(), isTerminal: false, printError: () => undefined,
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
