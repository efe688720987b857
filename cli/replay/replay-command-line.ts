import { parseTime } from './parse-time';
import { COMMON_OPTIONS, parseOptions, text, type PipelineLocation } from '../options';
import { UsageError } from '../usage-error';

/** A parsed command line of `replay`. */
export interface ReplayCommandLine {
  readonly command: 'replay';
  readonly location: PipelineLocation;
  /** The archive, if it is not that of a stack. */
  readonly archive?: string;
  readonly action: ReplayAction;
  readonly json: boolean;
}

/** What `replay` does: lists past replays, or starts one. */
export type ReplayAction = { readonly name: 'list' } | { readonly name: 'start'; readonly from: Date; readonly to: Date; readonly rules: readonly string[] };

const OPTIONS = { ...COMMON_OPTIONS, archive: text, from: text, to: text, rule: { type: 'string', multiple: true } } as const;
type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;

/**
 * Parses the arguments after `replay`; returns undefined when they request the help.
 *
 * @param now the time to which ages such as `2h` refer.
 * @throws UsageError
 */
export function parseReplay(args: readonly string[], now = new Date()): ReplayCommandLine | undefined {
  const values = parseOptions(args, OPTIONS);
  if (values.help) return undefined;
  const { stack, archive, region, profile } = values;
  if ((stack === undefined) === (archive === undefined)) throw new UsageError('exactly one of --stack and --archive is required');
  return { command: 'replay', location: { stack, region, profile }, archive, action: toAction(values, now), json: values.json };
}

function toAction({ list, from, to, rule: rules }: Values, now: Date): ReplayAction {
  if (list && [from, to, rules].some((value) => value !== undefined)) throw new UsageError('--list cannot be given together with --from, --to and --rule');
  if (list) return { name: 'list' };
  const [start, end] = [toTime('--from', from, now), toTime('--to', to, now)];
  if (start >= end) throw new UsageError(`--from must be earlier than --to, got ${from} and ${to}`);
  if (end > now) throw new UsageError(`--to must not be in the future, got ${to}`);
  return { name: 'start', from: start, to: end, rules: rules ?? [] };
}

function toTime(option: string, value: string | undefined, now: Date): Date {
  if (value === undefined) throw new UsageError(`${option} is required: a time such as 2026-11-26T12:00:00Z, or an age such as 2h`);
  const time = parseTime(value, now);
  if (!time) throw new UsageError(`${option} must be a time with its time zone, such as 2026-11-26T12:00:00Z, or an age such as 2h, got ${value}`);
  return time;
}
