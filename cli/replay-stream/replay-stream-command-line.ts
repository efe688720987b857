import { COMMON_OPTIONS, flag, parseOptions, text, type PipelineLocation } from '../options';
import { UsageError } from '../usage-error';

/** A parsed command line of `replay-stream`. */
export interface ReplayStreamCommandLine {
  readonly command: 'replay-stream';
  readonly location: PipelineLocation;
  /** The bucket of the events, if it is not that of a stack. */
  readonly bucket?: string;
  /** The beginning of all keys in the bucket. */
  readonly prefix: string;
  /** The days on which the events arrived, in ascending order. */
  readonly days: readonly string[];
  readonly selection: EventSelection;
  /** The key of the last object that is replayed already. */
  readonly startAfter?: string;
  readonly execute: boolean;
}

/** The events to replay. Without a property, all of them. */
export interface EventSelection {
  readonly order?: string;
  readonly tenant?: string;
  /** The types of the events. */
  readonly types?: readonly string[];
}

const { stack, region, profile, help } = COMMON_OPTIONS;
const OPTIONS = {
  stack,
  region,
  profile,
  help,
  'bucket': text,
  'prefix': text,
  'function': text,
  'day': { type: 'string', multiple: true },
  'order': text,
  'tenant': text,
  'type': { type: 'string', multiple: true },
  'start-after': text,
  'execute': flag,
} as const;

/**
 * Parses the arguments after `replay-stream`; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseReplayStream(args: readonly string[]): ReplayStreamCommandLine | undefined {
  const values = parseOptions(args, OPTIONS);
  if (values.help) return undefined;
  const { bucket, prefix, function: functionName, day: days = [], order, tenant, type: types, execute } = values;
  if ((values.stack === undefined) === (bucket === undefined)) throw new UsageError('exactly one of --stack and --bucket is required');
  if (functionName === undefined) throw new UsageError('--function is required: the function that receives the events, by name or ARN');
  if (days.length === 0) throw new UsageError('--day is required: a day in UTC on which events arrived, such as 2026-11-26');
  const wrong = days.find((day) => !isDay(day));
  if (wrong !== undefined) throw new UsageError(`--day must be a day such as 2026-11-26, got ${wrong}`);
  if (prefix !== undefined && !prefix.endsWith('/')) throw new UsageError(`--prefix must end with a slash, got ${prefix}`);
  return {
    command: 'replay-stream',
    location: { stack: values.stack, functionName, region: values.region, profile: values.profile },
    bucket,
    prefix: prefix ?? '',
    days: [...new Set(days)].sort(),
    selection: { order, tenant, types },
    startAfter: values['start-after'],
    execute,
  };
}

const isDay = (value: string): boolean => {
  const time = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};
