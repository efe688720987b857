import { erasableModel } from './erasable-model';
import type { EraseCommandLine } from './erase-command-line';
import { executeErasure } from './execute-erasure';
import { formatErasure, type ErasureResult } from './format-erasure';
import { notReached } from './not-reached';
import { planErasure, type Erasure } from './plan-erasure';
import type { CommandContext } from '../command-context';
import { loadPipeline } from '../console/deployment/load-pipeline';
import { EXIT_STATUS } from '../exit-status';
import { ProgressLine } from '../progress-line';
import { stackResources } from '../stack-resources';
import { UsageError } from '../usage-error';

/** Runs `erase` and returns its exit status. */
export async function runErase(command: EraseCommandLine, context: CommandContext): Promise<number> {
  const { location, execute, json } = command;
  const aws = context.connect(location);
  const pipeline = await loadPipeline(location.stack, command.pipeline, aws);
  if (pipeline.hasTenants !== (command.tenant !== undefined)) {
    throw new UsageError(pipeline.hasTenants ? '--tenant is required: the pipeline has tenants' : '--tenant cannot be given: the pipeline has no tenants');
  }
  const model = erasableModel(pipeline.model, command.fields);
  const types = new Set((await stackResources(location.stack, aws.listResources, 'give the permission')).map(({ type }) => type));
  const endpoint = aws.stacks.localEndpoint();
  const line = new ProgressLine(context);
  const interruption = execute ? context.catchInterruption() : new AbortController().signal;
  const shared = {
    command,
    pipeline,
    model,
    aws: aws.erasure(endpoint),
    console: aws.console(endpoint),
    interruption,
    now: () => new Date(context.clock.now()),
    progress: (text: string) => line.update(() => text),
  };
  try {
    const erasure = await planErasure(shared);
    const places = await executeErasure(erasure);
    const result = resultOf(erasure, places, notReached({ types, pipeline }));
    line.end();
    context.print(json ? `${JSON.stringify(result, undefined, 2)}\n` : formatErasure(result, command));
    return !execute || result.complete ? EXIT_STATUS.SUCCESS : EXIT_STATUS.INCOMPLETE;
  } finally {
    line.end();
  }
}

const resultOf = ({ run }: Erasure, places: ErasureResult['places'], unreached: ErasureResult['notReached']): ErasureResult => ({
  executed: run.command.execute,
  complete: !run.interruption.aborted && places.every(({ action, found, done, isPartial }) => !isPartial && (action === 'list' || done >= found)),
  personalFields: run.model.pointers,
  places,
  notReached: unreached,
});
