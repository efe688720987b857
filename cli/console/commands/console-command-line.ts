import { flag, parseOptions, text, type PipelineLocation } from '../../options';
import { parseHeader, type RequestHeader } from '../../try/request-header';
import { UsageError } from '../../usage-error';

/** A parsed command line of `console`. */
export interface ConsoleCommandLine {
  readonly command: 'console';
  readonly location: PipelineLocation & { readonly stack: string };
  /** The name of the pipeline in the stack. */
  readonly pipeline?: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly allowsChanges: boolean;
  readonly showsContents: boolean;
  /** Headers of requests to the API of the pipeline, such as credentials. */
  readonly headers: readonly RequestHeader[];
}

const OPTIONS = {
  'stack': text,
  'pipeline': text,
  'port': { type: 'string', default: '0' },
  'header': { type: 'string', multiple: true },
  'allow-changes': flag,
  'show-contents': flag,
  'region': text,
  'profile': text,
  'help': { ...flag, short: 'h' },
} as const;

const MAX_PORT = 65_535;

/**
 * Parses the arguments after `console`; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseConsole(args: readonly string[]): ConsoleCommandLine | undefined {
  const { help, stack, pipeline, port, header = [], region, profile, ...flags } = parseOptions(args, OPTIONS);
  if (help) return undefined;
  if (stack === undefined) throw new UsageError('--stack is required');
  return {
    command: 'console',
    location: { stack, region, profile },
    pipeline,
    port: toPort(port),
    allowsChanges: flags['allow-changes'],
    showsContents: flags['show-contents'],
    headers: header.map(parseHeader),
  };
}

function toPort(port: string): number {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : -1;
  if (number < 0 || number > MAX_PORT) throw new UsageError(`--port must be a number between 0 and ${MAX_PORT}, got ${port}`);
  return number;
}
