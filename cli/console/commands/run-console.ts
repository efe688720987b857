import { randomBytes } from 'node:crypto';
import type { ConsoleCommandLine } from './console-command-line';
import type { CommandContext } from '../../command-context';
import { EXIT_STATUS } from '../../exit-status';
import { openConsole } from '../open-console';
import { ConsoleServer } from '../server/console-server';

/** Serves the console until it is interrupted. Returns the exit status. */
export async function runConsole(commandLine: ConsoleCommandLine, context: CommandContext): Promise<number> {
  const { allowsChanges, showsContents, port } = commandLine;
  const interruption = context.catchInterruption();
  const data = await openConsole(commandLine, context);
  try {
    const server = await ConsoleServer.start({ data, port, allowsChanges, token: randomBytes(32).toString('base64url'), folder: context.pageFolder });
    const { stack, pipeline, region } = await data.describe();
    context.print([
      `The console of pipeline ${pipeline} of stack ${stack} in ${region}:`,
      '',
      `  ${server.url}`,
      '',
      `The URL has the token of this run: do not share it. ${allowsChanges ? 'Changes are allowed.' : 'It only reads; --allow-changes allows changes.'}${showsContents ? '' : ' Contents of orders are masked; --show-contents shows them.'}`,
      'Press Ctrl-C to stop it.',
      '',
    ].join('\n'));
    await new Promise<void>((resolve) => {
      if (interruption.aborted) resolve();
      interruption.addEventListener('abort', () => resolve(), { once: true });
    });
    await server.close();
  } finally {
    await data.close();
  }
  return EXIT_STATUS.SUCCESS;
}
