import { parseArgs } from 'node:util';
import { parseAge } from './age';
import type { RedriveRequest } from '../handlers/shared/redrive/redrive-request';

/** The command line is not valid; the message names the option and the rule. */
export class UsageError extends Error {}

/** The pipeline to connect to: its stack or its function, and where AWS is. */
export interface PipelineLocation {
  readonly stack?: string;
  readonly functionName?: string;
  readonly region?: string;
  readonly profile?: string;
}

/** A parsed command line. */
export interface CommandLine {
  readonly location: PipelineLocation;
  readonly request: Pick<RedriveRequest, 'action'> & Partial<RedriveRequest>;
  readonly json: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  'stack': text,
  'function': text,
  'region': text,
  'profile': text,
  'queue': text,
  'order': text,
  'error': text,
  'older-than': text,
  'newer-than': text,
  'limit': text,
  'max-per-second': text,
  'list': flag,
  'execute': flag,
  'json': flag,
  'help': { ...flag, short: 'h' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

/**
 * Parses the arguments; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): CommandLine | undefined {
  const { values, positionals } = parseOptions(args);
  if (values.help || (positionals.length === 0 && args.length === 0)) return undefined;
  if (positionals[0] !== 'redrive') throw new UsageError(`the command must be redrive, got "${positionals[0] ?? ''}"`);
  if (positionals.length > 1) throw new UsageError(`unexpected argument "${positionals[1]}": every value must follow an option`);
  if (values.list && values.execute) throw new UsageError('--list and --execute cannot be given together');
  const { stack, function: functionName, region, profile } = values;
  if ((stack === undefined) === (functionName === undefined)) throw new UsageError('exactly one of --stack and --function is required');
  return { location: { stack, functionName, region, profile }, request: toRequest(values), json: values.json };
}

function parseOptions(args: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const empty = Object.entries(parsed.values).find(([, value]) => value === '');
    if (empty) throw new UsageError(`--${empty[0]} must not be empty`);
    return parsed;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message.replace(/\. To specify a positional.*/s, ''));
  }
}

function toRequest(values: Values): CommandLine['request'] {
  return {
    action: values.list ? 'list' : 'redrive',
    dryRun: !values.execute,
    queue: values.queue,
    orderId: values.order,
    error: values.error,
    olderThan: toSeconds('--older-than', values['older-than']),
    newerThan: toSeconds('--newer-than', values['newer-than']),
    limit: toNumber('--limit', values.limit, 10_000),
    maxPerSecond: toNumber('--max-per-second', values['max-per-second'], 100),
  };
}

function toSeconds(option: string, value: string | undefined): number | undefined {
  const seconds = value === undefined ? undefined : parseAge(value);
  if (value !== undefined && seconds === undefined) throw new UsageError(`${option} must be an age such as 90s, 30m, 2h or 3d, got ${value}`);
  return seconds;
}

function toNumber(option: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) throw new UsageError(`${option} must be a number between 1 and ${most}, got ${value}`);
  return number;
}
