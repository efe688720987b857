import { parseArgs } from 'node:util';
import { ageInSeconds } from './age';
import type { RedriveRequest } from '../handlers/shared/redrive/redrive-request';

/** What was typed makes no sense; the message says why. */
export class UsageError extends Error {}

/** Where the pipeline is. */
export interface Place {
  readonly stack?: string;
  readonly functionName?: string;
  readonly region?: string;
  readonly profile?: string;
}

/** What was typed, understood. */
export interface CommandLine {
  readonly place: Place;
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
 * Understands what was typed after the name of the command; undefined where help is asked for.
 *
 * @throws UsageError
 */
export function readCommandLine(args: readonly string[]): CommandLine | undefined {
  const { values, positionals } = parse(args);
  if (values.help || (positionals.length === 0 && args.length === 0)) return undefined;
  if (positionals[0] !== 'redrive') throw new UsageError(`there is no command "${positionals[0] ?? ''}", only redrive`);
  if (positionals.length > 1) throw new UsageError(`"${positionals[1]}" belongs to no option`);
  if (values.list && values.execute) throw new UsageError('--list and --execute cannot be given together');
  const { stack, function: functionName, region, profile } = values;
  if ((stack === undefined) === (functionName === undefined)) throw new UsageError('give either --stack or --function');
  return { place: { stack, functionName, region, profile }, request: readRequest(values), json: values.json };
}

function parse(args: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const empty = Object.entries(parsed.values).find(([, value]) => value === '');
    if (empty) throw new UsageError(`--${empty[0]} must not be empty`);
    return parsed;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message.replace(/\. To specify a positional.*/s, ''));
  }
}

function readRequest(values: Values): CommandLine['request'] {
  return {
    action: values.list ? 'list' : 'redrive',
    dryRun: !values.execute,
    queue: values.queue,
    orderId: values.order,
    error: values.error,
    olderThan: readAge('--older-than', values['older-than']),
    newerThan: readAge('--newer-than', values['newer-than']),
    limit: readNumber('--limit', values.limit, 10_000),
    maxPerSecond: readNumber('--max-per-second', values['max-per-second'], 100),
  };
}

function readAge(option: string, value: string | undefined): number | undefined {
  const seconds = value === undefined ? undefined : ageInSeconds(value);
  if (value !== undefined && seconds === undefined) throw new UsageError(`${option} must be an age such as 90s, 30m, 2h or 3d, got ${value}`);
  return seconds;
}

function readNumber(option: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) throw new UsageError(`${option} must be a number between 1 and ${most}, got ${value}`);
  return number;
}
