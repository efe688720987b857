import type { FunctionRequest } from './redrive-function';
import { MAX_PER_QUEUE, MAX_PER_SECOND } from '../../handlers/shared/redrive/redrive-limits';
import { parseAge } from '../age';
import { COMMON_OPTIONS, parseOptions, text, type PipelineLocation } from '../options';
import { UsageError } from '../usage-error';

/** A parsed command line of `redrive`. */
export interface RedriveCommandLine {
  readonly command: 'redrive';
  readonly location: PipelineLocation;
  readonly request: FunctionRequest;
  readonly json: boolean;
}

const OPTIONS = {
  ...COMMON_OPTIONS,
  'function': text,
  'queue': text,
  'order': text,
  'tenant': text,
  'error': text,
  'older-than': text,
  'newer-than': text,
  'limit': text,
  'max-per-second': text,
  'execute': { type: 'boolean', default: false },
} as const;
type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;

/**
 * Parses the arguments after `redrive`; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseRedrive(args: readonly string[]): RedriveCommandLine | undefined {
  const values = parseOptions(args, OPTIONS);
  if (values.help) return undefined;
  if (values.list && values.execute) throw new UsageError('--list and --execute cannot be given together');
  const { stack, function: functionName, region, profile } = values;
  if ((stack === undefined) === (functionName === undefined)) throw new UsageError('exactly one of --stack and --function is required');
  return { command: 'redrive', location: { stack, functionName, region, profile }, request: toRequest(values), json: values.json };
}

const toRequest = (values: Values): FunctionRequest => ({
  action: values.list ? 'list' : 'redrive',
  dryRun: !values.execute,
  queue: values.queue,
  orderId: values.order,
  tenant: values.tenant,
  error: values.error,
  olderThan: toSeconds('--older-than', values['older-than']),
  newerThan: toSeconds('--newer-than', values['newer-than']),
  limit: toNumber('--limit', values.limit, MAX_PER_QUEUE),
  maxPerSecond: toNumber('--max-per-second', values['max-per-second'], MAX_PER_SECOND),
});

function toSeconds(option: string, value: string | undefined): number | undefined {
  const seconds = value === undefined ? undefined : parseAge(value);
  if (value !== undefined && seconds === undefined) throw new UsageError(`${option} must be an age such as 90s, 30m, 2h or 3d, got ${value}`);
  return seconds;
}

function toNumber(option: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,7}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) throw new UsageError(`${option} must be a number between 1 and ${most}, got ${value}`);
  return number;
}
