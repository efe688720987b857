import type { CommandContext } from './command-context';
import { parseCommandLine, type CommandLine } from './command-line';
import { runConsole } from './console/commands/run-console';
import { runView } from './console/commands/run-view';
import { runContracts } from './contracts/run-contracts';
import { runErase } from './erase/run-erase';
import { errorMessage } from './error-message';
import { EXIT_STATUS } from './exit-status';
import { runLocal } from './local/run-local';
import { runRedrive } from './redrive/run-redrive';
import { runReplay } from './replay/run-replay';
import { runReplayStream } from './replay-stream/run-replay-stream';
import { runTry } from './try/run-try';
import { USAGE } from './usage';
import { UsageError } from './usage-error';

/** Runs the command and returns its exit status. */
export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  try {
    const commandLine = parseCommandLine(args);
    if (commandLine) return await runCommand(commandLine, context);
    context.print(USAGE);
    return EXIT_STATUS.SUCCESS;
  } catch (error) {
    const isUsageError = error instanceof UsageError;
    context.printError(`${errorMessage(error as Error)}\n${isUsageError ? 'Run cdk-order-pipeline --help for the options.\n' : ''}`);
    return isUsageError ? EXIT_STATUS.USAGE_ERROR : EXIT_STATUS.FAILURE;
  }
}

function runCommand(commandLine: CommandLine, context: CommandContext): Promise<number> {
  switch (commandLine.command) {
    case 'redrive': return runRedrive(commandLine, context);
    case 'replay': return runReplay(commandLine, context);
    case 'replay-stream': return runReplayStream(commandLine, context);
    case 'try': return runTry(commandLine, context);
    case 'console': return runConsole(commandLine, context);
    case 'contracts': return runContracts(commandLine, context);
    case 'erase': return runErase(commandLine, context);
    case 'local': return runLocal(commandLine, context);
    default: return runView(commandLine, context);
  }
}
