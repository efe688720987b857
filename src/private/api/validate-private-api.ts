import { Stack, Token } from 'aws-cdk-lib';
import { InterfaceVpcEndpoint, type CfnVPCEndpoint, type IInterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ApiOptions } from './api-options';
import type { OrderApi } from '../../order-api';
import type { OrderAuthentication } from '../../order-authentication';
import { cannotBeSet, type ValidationError } from '../validate';
import { sameEnvironment } from '../validate-environment';

/** Validates the options of a private API. */
export function validatePrivateApi(scope: Construct, props: ApiOptions): ValidationError[] {
  const vpcEndpoints = props.api?._vpcEndpoints;
  if (!vpcEndpoints) return [];
  return [
    vpcEndpoints.length === 0 ? '`api.vpcEndpoints` must contain at least one endpoint, or nothing can call the private API' : undefined,
    ...vpcEndpoints.map((endpoint, index) => validateEndpoint(scope, `api.vpcEndpoints[${index}]`, endpoint)),
    ...cannotBeSet(props, ['domain'], 'with OrderApi.privateRest(): private custom domain names are other resources of API Gateway, which this construct does not create'),
    ...cannotBeSet(props, ['defaultEndpoint'], 'with OrderApi.privateRest(), which has no other endpoint'),
    ...Object.entries(props.routeAuthentication ?? {}).map(([group, authentication]: [string, OrderAuthentication | undefined]) =>
      validatePrivateAuthentication(`routeAuthentication.${group}`, props.api, authentication, props.authentication)),
  ];
}

/** Validates that all routes of a private API have IAM, or none. */
export function validatePrivateAuthentication(
  prop: string, api: OrderApi | undefined, authentication: OrderAuthentication | undefined, other: OrderAuthentication | undefined,
): ValidationError {
  if (!api?._vpcEndpoints || !authentication || isIam(authentication) === isIam(other)) return undefined;
  return `\`${prop}\` must ${isIam(other) ? '' : 'not '}be OrderAuthentication.iam(), as \`authentication\` is${isIam(other) ? '' : ' not'}: the resource policy of a private API `
    + 'that allows requests without signatures would allow signed ones of all callers, too';
}

const isIam = (authentication: OrderAuthentication | undefined): boolean => authentication?._scheme.kind === 'iam';

/** CDK does not see the service of an imported endpoint. */
function validateEndpoint(scope: Construct, prop: string, endpoint: IInterfaceVpcEndpoint): ValidationError {
  const elsewhere = sameEnvironment(prop, scope, endpoint, 'region', 'use an endpoint of the region');
  if (elsewhere || !(endpoint instanceof InterfaceVpcEndpoint)) return elsewhere;
  const serviceName: unknown = Stack.of(endpoint).resolve((endpoint.node.defaultChild as CfnVPCEndpoint).serviceName);
  return JSON.stringify(serviceName).includes('execute-api')
    ? undefined
    : `\`${prop}\` must be an endpoint for API Gateway (InterfaceVpcEndpointAwsService.APIGATEWAY), got ${Token.isUnresolved(serviceName) ? 'another service' : JSON.stringify(serviceName)}`;
}
