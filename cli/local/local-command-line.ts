import { assertLoopback } from './local-env';
import { flag, parseOptions, text } from '../options';
import { UsageError } from '../usage-error';

/** A parsed command line of `local`. */
export type LocalCommandLine = LocalRun | { readonly command: 'local'; readonly action: 'stop' };

/** A program to run with a local AWS. */
export interface LocalRun {
  readonly command: 'local';
  readonly action: 'run';
  /** The program and its arguments. */
  readonly program: readonly string[];
  /** The URL of a local AWS that is running, without a slash at the end. */
  readonly endpoint?: string;
}

const OPTIONS = { endpoint: text, stop: flag, help: { ...flag, short: 'h' } } as const;
const EXAMPLE = 'such as in "cdk-order-pipeline local -- npx cdk deploy"';

/**
 * Parses the arguments after `local`; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseLocal(args: readonly string[]): LocalCommandLine | undefined {
  const separator = args.indexOf('--');
  const [own, program] = separator < 0 ? [args, []] : [args.slice(0, separator), args.slice(separator + 1)];
  const { help, stop, endpoint } = parseOptions(own, OPTIONS);
  if (help) return undefined;
  if (stop && (separator >= 0 || endpoint !== undefined)) throw new UsageError('--stop cannot be given together with --endpoint or a command');
  if (stop) return { command: 'local', action: 'stop' };
  if (program.length === 0) throw new UsageError(`a command is required after "--", ${EXAMPLE}`);
  return { command: 'local', action: 'run', program, ...(endpoint === undefined ? {} : { endpoint: toEndpoint(endpoint) }) };
}

function toEndpoint(endpoint: string): string {
  try {
    assertLoopback(endpoint);
  } catch {
    throw new UsageError(`--endpoint must be an http URL of this machine, such as http://127.0.0.1:4566, got ${endpoint}`);
  }
  return new URL(endpoint).origin;
}
