import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { GraphqlFeatures } from './api-types';
import { mutationsOf, queriesOf, subscriptionsOf } from './operations';
import type { OrderAuthentication } from '../../order-authentication';
import { assertProps } from '../validate';

/** Grants a principal to resolve fields of an API with IAM authentication. */
export function grantGraphql(
  scope: Construct, api: GraphqlApi, features: GraphqlFeatures, { _scheme: { kind } }: OrderAuthentication,
  grantee: IGrantable, fields: readonly string[],
): Grant {
  const all = fieldsOf(features);
  const unknown = fields.filter((field) => !all.includes(field));
  assertProps(scope, [
    kind === 'iam' ? undefined : `\`grantAccess\` needs OrderAuthentication.iam(), got ${kind}: its callers need no permission of IAM`,
    unknown.length > 0 ? `fields must be among ${all.join(', ')}, got ${unknown.join(', ')}` : undefined,
  ]);
  const granted = fields.length > 0 ? fields : all;
  return Grant.addToPrincipal({
    grantee, actions: ['appsync:GraphQL'], resourceArns: granted.map((field) => `${api.arn}/types/${field.replace('.', '/fields/')}`),
  });
}

const fieldsOf = (features: GraphqlFeatures): string[] => [
  ...queriesOf(features).map(({ name }) => `Query.${name}`),
  ...mutationsOf(features, true).map(({ name }) => `Mutation.${name}`),
  ...subscriptionsOf(features, true).map(({ name }) => `Subscription.${name}`),
];
