import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage-error';

/** The pipeline to connect to: its stack or its function, and where AWS is. */
export interface PipelineLocation {
  readonly stack?: string;
  readonly functionName?: string;
  readonly region?: string;
  readonly profile?: string;
}

export const text = { type: 'string' } as const;
export const flag = { type: 'boolean', default: false } as const;

/** The options of every command. */
export const COMMON_OPTIONS = { stack: text, region: text, profile: text, list: flag, json: flag, help: { ...flag, short: 'h' } } as const;

/**
 * Parses the options of a command.
 *
 * @throws UsageError for unknown and empty options, and for other arguments.
 */
export function parseOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: Options) {
  const { values, positionals } = parse(args, options);
  const empty = Object.entries(values).find(([, value]) => [value].flat().includes(''));
  if (empty) throw new UsageError(`--${empty[0]} must not be empty`);
  if (positionals.length > 0) throw new UsageError(`unexpected argument "${positionals[0]}": every value must follow an option`);
  return values;
}

function parse<const Options extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. To specify a positional.*/s, ''));
  }
}
