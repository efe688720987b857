import { quote } from './format-curl';
import type { PipelineApi } from './locate-api';

/** The shell variables of the printed requests. Credentials are left to the caller. */
export function formatVariables({ url, headers, pipeline }: PipelineApi): string {
  const variables = headers.flatMap(({ variable }) => (variable === undefined ? [] : [variable]));
  return [
    `url=${quote(url)}`,
    ...variables.map((variable) => (variable === 'key' ? `key=$(${pipeline!.apiKey!.command})` : `${variable}='…'   # the value of --header`)),
  ].join('\n');
}
