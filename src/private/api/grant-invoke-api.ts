import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IngestApi } from './ingest-api';
import { assertProps } from '../validate';

const ROUTE = /^(\*|[A-Z]+) (\/\S*)$/;

/** Grants a principal to call routes of an API. */
export function grantInvokeApi(scope: Construct, api: IngestApi, grantee: IGrantable, routes: readonly string[]): Grant {
  const wrong = routes.find((route) => !ROUTE.test(route));
  assertProps(scope, [wrong === undefined ? undefined : `routes must have a method and a path, such as POST /orders, got ${JSON.stringify(wrong)}`]);
  return Grant.addToPrincipal({
    grantee, actions: ['execute-api:Invoke'], resourceArns: routes.length === 0 ? [api.arnForExecuteApi('*', '/*')] : routes.map((route) => arnOf(api, route)),
  });
}

function arnOf(api: IngestApi, route: string): string {
  const [, method, path] = ROUTE.exec(route)!;
  return api.arnForExecuteApi(method, path.replace(/\{[^}]+\}/g, '*'));
}
