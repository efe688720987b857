import type { ApiOptions } from './openapi';
import type { RealtimeOrderIngest } from '../../realtime-order-ingest';
import { READ_METHODS } from '../api-routes';
import { asciiName } from '../ascii-name';

/** Describes the API of an ingest as it is configured, with the routes that the app added. */
export function apiOf({ api, usagePlan, node }: RealtimeOrderIngest): ApiOptions {
  const routes: Record<string, string[]> = {};
  for (const { httpMethod, resource: { path } } of api.methods) {
    // A route for every method answers all that no other route of the path has with 405.
    (routes[path] ??= []).push(...(httpMethod === 'ANY' ? [...READ_METHODS, 'POST'] : [httpMethod]));
  }
  return { title: asciiName(node.scope!.node.path, 255), routes, apiKeyRequired: usagePlan !== undefined };
}
