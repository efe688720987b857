import { Code, FunctionRuntime, LambdaDataSource, type BaseDataSource, type GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Grant, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { GraphqlFeatures } from './api-types';
import { mutationsOf, queriesOf, subscriptionsOf } from './operations';
import { FIELD_RESOLVER, PUBLISH_RESOLVER, SUBSCRIPTION_RESOLVER } from './resolver-code';
import { PUBLISH_MUTATION } from '../contract';

/** The functions that resolve the fields of the API. */
interface Resolvers {
  readonly queries: LambdaFunction;
  readonly mutations: LambdaFunction;
}

/** Adds a resolver for each field of the root types. */
export function addResolvers(api: GraphqlApi, features: GraphqlFeatures, functions: Resolvers): void {
  const [queries, mutations] = [addDataSource(api, 'Queries', functions.queries), addDataSource(api, 'Mutations', functions.mutations)];
  for (const { name } of queriesOf(features)) addResolver(queries, 'Query', name, FIELD_RESOLVER);
  for (const { name } of mutationsOf(features, true)) addResolver(mutations, 'Mutation', name, FIELD_RESOLVER);
  if (!features.subscriptions) return;
  for (const { name } of subscriptionsOf(features, true)) addResolver(queries, 'Subscription', name, SUBSCRIPTION_RESOLVER);
  addResolver(api.addNoneDataSource('Publisher', { description: 'Passes events on to subscribers' }), 'Mutation', PUBLISH_MUTATION, PUBLISH_RESOLVER);
}

/** CDK's own role would have access to all versions of the function. */
function addDataSource(api: GraphqlApi, id: string, lambdaFunction: LambdaFunction): BaseDataSource {
  const role = new Role(api, `${id}Role`, { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
  Grant.addToPrincipal({ grantee: role, actions: ['lambda:InvokeFunction'], resourceArns: [lambdaFunction.functionArn] });
  return new LambdaDataSource(api, id, { api, name: id, lambdaFunction, serviceRole: role.withoutPolicyUpdates() });
}

const addResolver = (dataSource: BaseDataSource, typeName: string, fieldName: string, code: string): unknown =>
  dataSource.createResolver(`${typeName}-${fieldName}`, { typeName, fieldName, runtime: FunctionRuntime.JS_1_0_0, code: Code.fromInline(code) });
