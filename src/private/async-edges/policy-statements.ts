import { asList, literalText, referencedIds, type Json } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';

/** The managed policies that AWS provides for every function. None of them allows sending to a queue. */
const FUNCTION_POLICIES = /AWSLambda\w*ExecutionRole|XRay|LambdaInsights/;

/** The statements of the policies of a queue. */
export const queueStatements = (queue: IndexedResource, index: TemplateIndex): Json[] =>
  index.resourcesOfType('AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy')
    .filter(({ properties }) => asList(properties.Queues ?? properties.Queue).some((each) => index.find(each) === queue))
    .flatMap(({ properties }) => asList(properties.PolicyDocument?.Statement));

/** The statements of the policies that are attached to a role. */
export const roleStatements = (role: IndexedResource, index: TemplateIndex): Json[] => [
  ...index.resourcesOfType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map(({ properties }) => properties)
    .filter(({ Roles }) => referencedIds(Roles).includes(role.id)),
  ...asList(role.properties.Policies),
].flatMap(({ PolicyDocument }) => asList(PolicyDocument?.Statement));

/** Whether a role can have policies outside the template, so that its permissions are not known. */
export const hasUnknownPolicies = ({ type, properties }: IndexedResource): boolean => type !== 'AWS::IAM::Role'
  || asList(properties.ManagedPolicyArns).some((arn) => referencedIds(arn).length === 0 && !FUNCTION_POLICIES.test(literalText(arn)));
