import { UsageError } from '../usage-error';

/** A header of requests. */
export interface RequestHeader {
  readonly name: string;
  readonly value: string;
  /** The shell variable that has the value in printed commands. Credentials are not printed. */
  readonly variable?: string;
}

/**
 * Parses the value of `--header`, such as `Authorization: Bearer …`. It may contain credentials.
 *
 * @throws UsageError
 */
export function parseHeader(header: string): RequestHeader {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\x20-\x7E]+)$/.exec(header) ?? [];
  if (name === undefined) throw new UsageError("--header must be a name and a value, such as 'Authorization: Bearer …'");
  return { name, value, variable: name.toLowerCase().replace(/\W/g, '_') };
}

/** Headers, of which later ones replace earlier ones of the same name. */
export function mergeHeaders(...headers: readonly RequestHeader[]): RequestHeader[] {
  const byName = new Map(headers.map((header) => [header.name.toLowerCase(), header]));
  return [...byName.values()];
}
