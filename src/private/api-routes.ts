import { Lazy } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { setEnv } from './set-env';
import type { RealtimeOrderIngest } from '../realtime-order-ingest';

/** The methods of a route that reads. API Gateway removes the body of the response to HEAD. */
export const READ_METHODS = ['GET', 'HEAD'] as const;

/**
 * Adds routes whose handler also answers the methods that no other route of the path has, with 405: a route for `ANY` needs no resources
 * besides.
 */
export function addRoutes(ingest: RealtimeOrderIngest, handler: LambdaFunction, methods: readonly string[], ...paths: readonly string[]): void {
  for (const path of paths) ingest.addRoute('ANY', path, handler);
  const allowed = () => JSON.stringify(Object.fromEntries(paths.map((path) => [path, allowedMethods(ingest.api, path, methods)])));
  // Other parts of the pipeline add routes later.
  setEnv(handler, 'ALLOWED_METHODS', Lazy.string({ produce: allowed }));
}

/** The methods of a path, as the header `Allow` lists them. */
const allowedMethods = ({ methods }: RestApi, path: string, own: readonly string[]): string =>
  [...new Set([...own, ...methods.filter(({ resource }) => resource.path === path).map(({ httpMethod }) => httpMethod)])]
    .filter((method) => method !== 'ANY').sort().join(', ');
