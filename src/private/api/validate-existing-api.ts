import { Resource, Stack } from 'aws-cdk-lib';
import { SpecRestApi, type IRestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, type CfnApi, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { ApiOptions } from './api-options';
import type { ExistingApi } from './existing-api';
import { cannotBeSet, type ValidationError } from '../validate';
import { sameEnvironment } from '../validate-environment';

/** Validates an existing API, and that no option is set which is up to its owner. */
export function validateExistingApi(scope: Construct, props: ApiOptions): ValidationError[] {
  const existing = props.api?._existing;
  if (!existing) return [];
  const { restApi, httpApi } = existing;
  const factory = restApi ? 'OrderApi.fromRestApi()' : 'OrderApi.fromHttpApi()';
  return [
    ...cannotBeSet(props, STAGE_OPTIONS, `with ${factory}: it is a setting of the existing API or of its stage`),
    props.cors && httpApi && !hasCors(httpApi)
      ? '`cors` needs an HttpApi with `corsPreflight`, which adds the headers to all responses of the API; set it to the same origins' : undefined,
    sameEnvironment('api', scope, restApi ?? httpApi, 'account and region', 'use an API of the stack'),
    validateStack(scope, (restApi ?? httpApi)!),
    ...(restApi ? validateRestApi(existing, restApi) : []),
  ];
}

/** CDK does not see the settings of an imported API. */
const hasCors = (api: IHttpApi): boolean => !(api instanceof HttpApi) || (api.node.defaultChild as CfnApi).corsConfiguration !== undefined;

const STAGE_OPTIONS = ['throttle', 'accessLog', 'executionLogLevel', 'cloudWatchRole', 'webAclArn', 'domain', 'defaultEndpoint'] as const;

/** Routes are constructs of the API. In another stack, they would refer to the functions of this stack, which refers to the API. */
function validateStack(scope: Construct, api: IRestApi | IHttpApi): ValidationError {
  if (!Resource.isOwnedResource(api) || Stack.of(api) === Stack.of(scope)) return undefined;
  return `\`api\` must be an API of the stack, got ${api.node.path}; import it into the stack by fromRestApiAttributes or fromHttpApiAttributes`;
}

function validateRestApi({ stageName }: ExistingApi, api: IRestApi): ValidationError[] {
  if (api instanceof SpecRestApi) {
    return [`\`api\` must not be a SpecRestApi, whose definition determines all routes, got ${api.node.path}; use a RestApi`];
  }
  if (!Resource.isOwnedResource(api)) {
    return [stageName === undefined ? '`api` must have a `stageName`, to which the routes are deployed, because the API is imported' : undefined];
  }
  return [
    stageName === undefined ? undefined : '`api` must not have a `stageName`: an API of the app deploys all routes to its own stage; omit it',
    (api.deploymentStage as unknown) === undefined ? `\`api\` must be a RestApi with a stage, got ${api.node.path}, which has \`deploy: false\`` : undefined,
  ];
}
