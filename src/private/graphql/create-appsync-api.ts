import {
  AuthorizationType, Definition, GraphqlApi, IntrospectionConfig, type AuthorizationMode, type ISchema,
} from 'aws-cdk-lib/aws-appsync';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { CommonOptions } from '../../options';
import type { OrderAuthentication } from '../../order-authentication';
import type { OrderGraphqlApiOptions } from '../../order-graphql-options';
import { acknowledge } from '../acknowledge';
import { asciiName } from '../ascii-name';
import { authorizationMode } from './appsync-authorization';
import { addAppSyncLogs } from './appsync-logs';

/** What an API of AppSync needs besides its options. */
interface ApiSettings {
  readonly authentication: OrderAuthentication;
  readonly schema: string;
  /** The role that publishes to subscribers. Undefined without subscriptions. */
  readonly publisher?: IRole;
}

const DEFAULT_LIMIT = 20;

/** Creates the API of AppSync with its schema, and without resolvers. */
export function createAppSyncApi(scope: Construct, options: OrderGraphqlApiOptions & Pick<CommonOptions, 'logRetention' | 'encryptionKey'>, { authentication, schema, publisher }: ApiSettings): GraphqlApi {
  const mode = authorizationMode(authentication, options.apiKeyExpiration);
  const { fieldLogLevel, webAclArn } = options;
  const api = new GraphqlApi(scope, 'Api', {
    name: asciiName(scope.node.path, 255),
    definition: Definition.fromSchema(inlineSchema(schema)),
    authorizationConfig: { defaultAuthorization: mode, additionalAuthorizationModes: publisher ? publisherModes(mode) : [] },
    introspectionConfig: options.introspection ?? true ? IntrospectionConfig.ENABLED : IntrospectionConfig.DISABLED,
    queryDepthLimit: options.queryDepthLimit ?? DEFAULT_LIMIT,
    resolverCountLimit: options.resolverCountLimit ?? DEFAULT_LIMIT,
    xrayEnabled: options.tracing,
    ...(publisher ? { environmentVariables: { PUBLISHER_ROLE: publisher.roleName } } : {}),
  });
  if (fieldLogLevel !== undefined) addAppSyncLogs(scope, api, fieldLogLevel, options);
  if (webAclArn !== undefined) new CfnWebACLAssociation(scope, 'WebAcl', { resourceArn: api.arn, webAclArn });
  acknowledge(api, [
    { id: 'AwsSolutions-ASC3', reason: 'Logs of AppSync contain the variables of requests, which can be whole orders; the functions log IDs, codes and counts.' },
    { id: 'Serverless-AppSyncTracing', reason: 'Correlation ids in all logs and events trace an order; tracing is an option.' },
  ]);
  return api;
}

/** The mode of the publisher, where it is not that of the callers. */
const publisherModes = ({ authorizationType }: AuthorizationMode): AuthorizationMode[] =>
  (authorizationType === AuthorizationType.IAM ? [] : [{ authorizationType: AuthorizationType.IAM }]);

const inlineSchema = (definition: string): ISchema => ({ bind: (api) => ({ apiId: (api as GraphqlApi).apiId, definition }) });
