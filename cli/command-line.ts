import { parseConsole, type ConsoleCommandLine } from './console/commands/console-command-line';
import { parseView, VIEWS, type ViewCommandLine } from './console/commands/view-command-line';
import { parseContracts, type ContractsCommandLine } from './contracts/contracts-command-line';
import { parseErase, type EraseCommandLine } from './erase/erase-command-line';
import { parseLocal, type LocalCommandLine } from './local/local-command-line';
import { parseRedrive, type RedriveCommandLine } from './redrive/redrive-command-line';
import { parseReplay, type ReplayCommandLine } from './replay/replay-command-line';
import { parseReplayStream, type ReplayStreamCommandLine } from './replay-stream/replay-stream-command-line';
import { parseTry, type TryCommandLine } from './try/try-command-line';
import { UsageError } from './usage-error';

export type CommandLine =
  | ConsoleCommandLine | ViewCommandLine | TryCommandLine | RedriveCommandLine | ReplayCommandLine | ReplayStreamCommandLine | ContractsCommandLine
  | EraseCommandLine | LocalCommandLine;

const PARSERS: Readonly<Record<string, (args: readonly string[]) => CommandLine | undefined>> = {
  'try': parseTry,
  'redrive': parseRedrive,
  'replay': parseReplay,
  'replay-stream': parseReplayStream,
  'contracts': parseContracts,
  'erase': parseErase,
  'console': parseConsole,
  'local': parseLocal,
  ...Object.fromEntries(VIEWS.map((view) => [view, parseView(view)])),
};

/**
 * Parses the arguments; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): CommandLine | undefined {
  const [command = '--help', ...rest] = args;
  if (command === '--help' || command === '-h') return undefined;
  if (!Object.hasOwn(PARSERS, command)) throw new UsageError(`the command must be one of ${Object.keys(PARSERS).join(', ')}, got "${command.startsWith('-') ? '' : command}"`);
  return PARSERS[command](rest);
}
