import type { ApiRequest } from './orders-client';

const INDENT = '  ';

/**
 * Formats a request as a command of POSIX shells. Credentials are variables, and `$url` is the URL of the API.
 *
 * @param file the file that has the body, if any.
 */
export function formatCurl({ method, path, headers, body }: ApiRequest, file?: string): string {
  const options = headers.map(({ name, value, variable }) => (variable === undefined ? `-H ${quote(`${name}: ${value}`)}` : `-H "${name}: $${variable}"`));
  const data = body === undefined ? [] : file === undefined ? ['-d', quote(body)] : ['--data-binary', quote(`@${file}`)];
  return ['curl', ...(method === 'GET' ? [] : ['-i']), `"$url${path}"`, ...options, ...data].join(' ');
}

/** Indents the lines of a text. */
export const indent = (text: string): string => text.split('\n').map((line) => (line === '' ? '' : `${INDENT}${line}`)).join('\n');

/** Quotes a text for POSIX shells. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
