import type { Aws } from './aws';
import { readCommandLine, UsageError, type CommandLine, type Place } from './command-line';
import { findFunction } from './find-function';
import { printed } from './print';
import { USAGE } from './usage';
import type { RedriveResponse } from '../handlers/shared/redrive/redrive-response';

/** What the command is given by whoever starts it. */
export interface Surroundings {
  readonly connect: (place: Place) => Aws;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** How the command ends. */
const EXIT = { DONE: 0, FAILED: 1, MISUSED: 2, UNFINISHED: 3 } as const;

/** Runs the command, and gives the status with which it ends. */
export async function run(args: readonly string[], { connect, print, complain }: Surroundings): Promise<number> {
  try {
    const commandLine = readCommandLine(args);
    if (!commandLine) {
      print(USAGE);
      return EXIT.DONE;
    }
    const answer = await redrive(commandLine, connect(commandLine.place));
    print(commandLine.json ? `${JSON.stringify(answer, undefined, 2)}\n` : printed(answer));
    return statusOf(answer);
  } catch (error) {
    const isMisused = error instanceof UsageError;
    complain(`${describe(error as Error)}\n${isMisused ? 'cdk-order-pipeline --help says what can be typed\n' : ''}`);
    return isMisused ? EXIT.MISUSED : EXIT.FAILED;
  }
}

async function redrive({ place, request }: CommandLine, aws: Aws): Promise<RedriveResponse> {
  const functionName = place.functionName ?? await findFunction(place.stack!, aws.listResources);
  const answer = await aws.invoke(functionName, request);
  if (!Array.isArray((answer as RedriveResponse | null)?.queues)) throw new Error(`${functionName} is not the redrive-dead-letters of an order pipeline`);
  return answer as RedriveResponse;
}

/** An error of the SDK may have no text but its name. */
const describe = ({ name, message }: Error): string => (message && message !== 'UnknownError' ? message : name);

function statusOf({ complete, queues }: RedriveResponse): number {
  if (queues.some(({ failed, stopReason }) => failed > 0 || stopReason === 'ERROR')) return EXIT.FAILED;
  return complete ? EXIT.DONE : EXIT.UNFINISHED;
}
