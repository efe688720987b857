import { Lazy } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ApiRoute } from './ingest-api';
import type { OrderAuthentication } from '../../order-authentication';
import type { RealtimeOrderIngest } from '../../realtime-order-ingest';
import { setEnv } from '../set-env';

/** The methods of a route that reads. API Gateway removes the body of the response to HEAD. */
export const READ_METHODS = ['GET', 'HEAD'] as const;

/** Routes of one handler: its methods of all of its paths, or of each. */
export interface RoutesOptions {
  readonly methods?: readonly string[];
  readonly paths?: readonly string[];
  readonly routes?: Readonly<Record<string, readonly string[]>>;
  /** Undefined for that of the API. */
  readonly authentication?: OrderAuthentication;
}

/**
 * Adds routes whose handler also answers the methods that no other route of the path has, with 405: a route for `ANY` needs no resources
 * besides.
 */
export function addRoutes(ingest: RealtimeOrderIngest, handler: LambdaFunction, { authentication, ...options }: RoutesOptions): void {
  const routes = options.routes ?? Object.fromEntries(options.paths!.map((path) => [path, options.methods!]));
  const paths = Object.keys(routes);
  for (const path of paths) ingest.addRoute('ANY', path, handler, authentication);
  const allowedOf = (path: string) => allowedMethods(ingest._api.gateway.routes, path, routes[path]);
  const allowed = () => JSON.stringify(Object.fromEntries(paths.map((path) => [path, allowedOf(path)])));
  // Other parts of the pipeline add routes later.
  setEnv(handler, 'ALLOWED_METHODS', Lazy.string({ produce: allowed }));
}

/** The methods of a path, as the header `Allow` lists them. */
const allowedMethods = (routes: readonly ApiRoute[], path: string, own: readonly string[]): string =>
  [...new Set([...own, ...routes.filter((route) => route.path === path).map(({ method }) => method)])]
    .filter((method) => method !== 'ANY').sort().join(', ');
