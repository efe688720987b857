import { formatAnswer } from './format-answer';
import { formatResult } from './format-result';
import { redriveAll } from './redrive-all';
import type { RedriveCommandLine } from './redrive-command-line';
import { RedriveFunction } from './redrive-function';
import type { RedriveResult } from './redrive-result';
import type { RedriveResponse } from '../../handlers/shared/redrive/redrive-response';
import type { CommandContext } from '../command-context';
import { EXIT_STATUS } from '../exit-status';
import { findFunction } from '../find-function';

/** Runs `redrive` and returns its exit status. */
export async function runRedrive({ location, request, json }: RedriveCommandLine, context: CommandContext): Promise<number> {
  const { connect, print } = context;
  const { listResources, invoke } = connect(location);
  const functionName = location.functionName ?? await findFunction(location.stack!, listResources);
  const show = <Answer>(answer: Answer, format: (answer: Answer) => string) =>
    print(json ? `${JSON.stringify(answer, undefined, 2)}\n` : format(answer));
  if (request.action === 'redrive' && !request.dryRun) {
    const result = await redriveAll(functionName, request, invoke, context);
    show(result, formatResult);
    return result.error === undefined ? statusOf(result) : EXIT_STATUS.FAILURE;
  }
  const { clock, printError } = context;
  const target = new RedriveFunction({ functionName, invoke, clock, interruption: new AbortController().signal, note: (text) => printError(`${text}\n`) });
  const answer = (await target.invoke(request))!;
  show(answer, formatAnswer);
  return statusOf(answer);
}

function statusOf({ complete, queues }: Pick<RedriveResponse | RedriveResult, 'complete' | 'queues'>): number {
  if (queues.some(({ failed, stopReason }) => failed > 0 || stopReason === 'ERROR')) return EXIT_STATUS.FAILURE;
  return complete ? EXIT_STATUS.SUCCESS : EXIT_STATUS.INCOMPLETE;
}
