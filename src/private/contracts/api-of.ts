import { Token } from 'aws-cdk-lib';
import { describeSecurity } from './api-security';
import type { ApiOptions } from './openapi';
import type { OrderAuthentication } from '../../order-authentication';
import type { RealtimeOrderIngest } from '../../realtime-order-ingest';
import { READ_METHODS } from '../api/routes';
import { asciiName } from '../ascii-name';
import { WEBHOOK_METHODS } from '../contract';

/** Describes the API of an ingest as it is configured, with the routes that the app added. */
export function apiOf(ingest: RealtimeOrderIngest): ApiOptions {
  const { _api: { gateway, authentication, hasTenantParameter }, url, node } = ingest;
  const routes: Record<string, string[]> = {};
  const authentications: Record<string, OrderAuthentication> = {};
  for (const { method, path, authentication: own } of gateway.routes) {
    // A route for every method answers all that no other route of the path has with 405.
    const methods = method === 'ANY' ? WEBHOOK_METHODS[path] ?? [...READ_METHODS, 'POST'] : [method];
    (routes[path] ??= []).push(...methods);
    const hasOwnRoute = (each: string) => gateway.routes.some((route) => route.method === each && route.path === path);
    for (const each of methods.filter((name) => name === method || !hasOwnRoute(name))) authentications[`${each} ${path}`] = own ?? authentication;
  }
  return {
    title: asciiName(node.scope!.node.path, 255),
    ...(Token.isUnresolved(url) ? {} : { url }),
    routes,
    security: describeSecurity(authentication, authentications),
    hasTenantParameter,
    gatewayErrors: gateway.restApi ? 'problem' : 'message',
  };
}
