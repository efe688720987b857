import type { ConsoleContext } from './console-context';
import type { Aws } from '../aws';
import { MissingPermissions } from './data/missing-permissions';
import { loadPipeline } from './deployment/load-pipeline';
import { LiveConsole } from './live-console';
import type { CommandContext } from '../command-context';
import type { PipelineLocation } from '../options';
import { locateApi, type PipelineApi } from '../try/locate-api';
import type { RequestHeader } from '../try/request-header';

/** The pipeline to open, and what of it is shown. */
export interface ConsoleOptions {
  readonly location: PipelineLocation & { readonly stack: string };
  readonly pipeline?: string;
  readonly headers?: readonly RequestHeader[];
  readonly allowsChanges?: boolean;
  readonly showsContents: boolean;
  /** Whether it reads once, and follows nothing. */
  readonly once?: boolean;
}

/**
 * Opens the console of a pipeline.
 *
 * @throws Error if the stack or the pipeline does not exist, or the stack may not be read.
 */
export async function openConsole(options: ConsoleOptions, { connect, fetch }: Pick<CommandContext, 'connect' | 'fetch'>): Promise<LiveConsole> {
  const { location, pipeline: name, headers = [], allowsChanges = false, showsContents, once } = options;
  const aws = connect(location);
  const pipeline = await loadPipeline(location.stack, name, aws);
  const endpoint = aws.stacks.localEndpoint();
  const permissions = new MissingPermissions();
  const consoleAws = aws.console(endpoint);
  const [operator, api] = await Promise.all([
    permissions.orElse(consoleAws.identity(), 'unknown operator'),
    allowsChanges ? permissions.orElse(findApi(location.stack, pipeline.pipeline, headers, aws), undefined) : undefined,
  ]);
  const context: ConsoleContext = {
    pipeline, aws: consoleAws, invoke: aws.invoke, fetch, operator, permissions, showsContents, ...(api ? { api } : {}),
  };
  return new LiveConsole({ context, allowsChanges, endpoint, once });
}

/** The API; undefined for a pipeline without outputs, to which commands are sent over the bus. */
async function findApi(stack: string, pipeline: string, headers: readonly RequestHeader[], { stacks }: Aws): Promise<PipelineApi | undefined> {
  const { outputs } = await stacks.describe(stack);
  if (!Object.keys(outputs).some((key) => key.startsWith(pipeline))) return undefined;
  return locateApi({ command: 'try', location: { stack }, pipeline, headers, timeout: 0 }, stacks);
}
