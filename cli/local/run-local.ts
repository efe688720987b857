import { assertLocalAccount } from './assert-local-account';
import { bootstrap, cdkOf } from './bootstrap';
import { formatNextSteps } from './format-next-steps';
import type { LocalCommandLine, LocalRun } from './local-command-line';
import { localEnv } from './local-env';
import { localStacks } from './local-stacks';
import { runForeground } from './run-foreground';
import { startLocalAws } from './start-local-aws';
import { stopLocalAws } from './stop-local-aws';
import type { CommandContext } from '../command-context';
import { EXIT_STATUS } from '../exit-status';

/** Runs a program with a local AWS, and returns its exit status; or stops the local AWS. */
export async function runLocal(commandLine: LocalCommandLine, context: CommandContext): Promise<number> {
  if (commandLine.action === 'run') return runProgram(commandLine, context);
  context.print(await stopLocalAws() ? 'The local AWS was stopped.\n' : 'No local AWS of this folder was running.\n');
  return EXIT_STATUS.SUCCESS;
}

/** Its own output is on standard error: standard output is that of the program. */
async function runProgram({ program, endpoint: given }: LocalRun, { printError, ministackFolder }: CommandContext): Promise<number> {
  const log = (line: string): void => printError(`${line}\n`);
  const endpoint = given ?? await startLocalAws(ministackFolder, log);
  await assertLocalAccount(endpoint);
  log(`Local AWS: ${endpoint}`);
  const cdk = cdkOf(program);
  if (cdk) await bootstrap(cdk, endpoint, log);
  const status = await runForeground(program, { CDK_REQUIRE_APPROVAL: 'never', ...localEnv(endpoint) });
  if (cdk && status === EXIT_STATUS.SUCCESS) log(formatNextSteps(await localStacks(endpoint), given));
  return status;
}
