import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The URL of a stage at the default endpoint, without a slash at the end.
 *
 * @param host the ID of the API; for a private API, with that of its VPC endpoint.
 * @param stageName undefined for the default stage of an HTTP API, which is not in the URL.
 */
export function executeApiUrl(scope: IConstruct, host: string, stageName?: string): string {
  const { region, urlSuffix } = Stack.of(scope);
  return [`https://${host}.execute-api.${region}.${urlSuffix}`, ...(stageName === undefined ? [] : [stageName])].join('/');
}
