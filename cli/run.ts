import type { Aws } from './aws';
import { parseCommandLine, UsageError, type CommandLine, type PipelineLocation } from './command-line';
import { findFunction } from './find-function';
import { formatAnswer } from './format-answer';
import { USAGE } from './usage';
import type { RedriveResponse } from '../handlers/shared/redrive/redrive-response';

/** The dependencies of the command. */
export interface CommandContext {
  readonly connect: (location: PipelineLocation) => Aws;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

const EXIT_STATUS = { SUCCESS: 0, FAILURE: 1, USAGE_ERROR: 2, INCOMPLETE: 3 } as const;

/** Runs the command and returns its exit status. */
export async function run(args: readonly string[], { connect, print, printError }: CommandContext): Promise<number> {
  try {
    const commandLine = parseCommandLine(args);
    if (!commandLine) {
      print(USAGE);
      return EXIT_STATUS.SUCCESS;
    }
    const answer = await redrive(commandLine, connect(commandLine.location));
    print(commandLine.json ? `${JSON.stringify(answer, undefined, 2)}\n` : formatAnswer(answer));
    return statusOf(answer);
  } catch (error) {
    const isUsageError = error instanceof UsageError;
    printError(`${messageOf(error as Error)}\n${isUsageError ? 'Run cdk-order-pipeline --help for the options.\n' : ''}`);
    return isUsageError ? EXIT_STATUS.USAGE_ERROR : EXIT_STATUS.FAILURE;
  }
}

async function redrive({ location, request }: CommandLine, aws: Aws): Promise<RedriveResponse> {
  const functionName = location.functionName ?? await findFunction(location.stack!, aws.listResources);
  const answer = await aws.invoke(functionName, request);
  if (!Array.isArray((answer as RedriveResponse | null)?.queues)) throw new Error(`${functionName} is not the function redrive-dead-letters of an order pipeline`);
  return answer as RedriveResponse;
}

/** SDK errors without a message have only a name. */
const messageOf = ({ name, message }: Error): string => (message && message !== 'UnknownError' ? message : name);

function statusOf({ complete, queues }: RedriveResponse): number {
  if (queues.some(({ failed, stopReason }) => failed > 0 || stopReason === 'ERROR')) return EXIT_STATUS.FAILURE;
  return complete ? EXIT_STATUS.SUCCESS : EXIT_STATUS.INCOMPLETE;
}
