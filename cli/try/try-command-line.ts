import { parseHeader, type RequestHeader } from './request-header';
import { parseAge } from '../age';
import { flag, parseOptions, text, type PipelineLocation } from '../options';
import { UsageError } from '../usage-error';

/** A parsed command line of `try`. */
export interface TryCommandLine {
  readonly command: 'try';
  readonly location: PipelineLocation;
  /** The name of the pipeline in the stack. */
  readonly pipeline?: string;
  /** The URL of the API, without a slash at the end, instead of a stack. */
  readonly url?: string;
  /** The path of a file with the order. */
  readonly order?: string;
  readonly headers: readonly RequestHeader[];
  /** Seconds to wait for the outcome. */
  readonly timeout: number;
}

const OPTIONS = {
  stack: text,
  pipeline: text,
  url: text,
  order: text,
  header: { type: 'string', multiple: true },
  timeout: { type: 'string', default: '60s' },
  region: text,
  profile: text,
  help: { ...flag, short: 'h' },
} as const;

/**
 * Parses the arguments after `try`; returns undefined when they request the help.
 *
 * @throws UsageError
 */
export function parseTry(args: readonly string[]): TryCommandLine | undefined {
  const { help, stack, pipeline, url, order, header = [], timeout, region, profile } = parseOptions(args, OPTIONS);
  if (help) return undefined;
  if ((stack === undefined) === (url === undefined)) throw new UsageError('exactly one of --stack and --url is required');
  if (pipeline !== undefined && stack === undefined) throw new UsageError('--pipeline needs --stack');
  return {
    command: 'try', location: { stack, region, profile }, pipeline, url: toUrl(url), order, headers: header.map(parseHeader), timeout: toSeconds(timeout),
  };
}

function toUrl(url: string | undefined): string | undefined {
  if (url !== undefined && !(/^https?:\/\/[^/?#]+[^?#]*$/.test(url) && URL.canParse(url))) throw new UsageError(`--url must be the URL of an API, such as https://orders.example.com, got ${url}`);
  return url?.replace(/\/+$/, '');
}

function toSeconds(timeout: string): number {
  const seconds = parseAge(timeout) ?? 0;
  if (seconds < 1) throw new UsageError(`--timeout must be a duration such as 30s or 5m, got ${timeout}`);
  return seconds;
}
