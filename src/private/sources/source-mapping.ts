import { Names } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, StartingPosition, type CfnEventSourceMappingProps, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { SourceTarget } from './source-kind';
import { acknowledge } from '../acknowledge';
import { integerBetween, type ValidationError } from '../validate';

/** The maximum of Lambda for streams and brokers. */
const MAX_BATCH_SIZE = 10_000;

/** The default of Lambda. */
export const BATCH_SIZE = 100;

export const validateBatchSize = (prefix: string, batchSize: number | undefined): ValidationError =>
  integerBetween(`${prefix}batchSize`, batchSize, 1, MAX_BATCH_SIZE);

/** Validates where a mapping begins. A time would need another prop. */
export const validateStartingPosition = (prefix: string, position: StartingPosition | undefined): ValidationError =>
  (position === StartingPosition.AT_TIMESTAMP ? `\`${prefix}startingPosition\` must be TRIM_HORIZON or LATEST, got AT_TIMESTAMP` : undefined);

/** Creates the event source mapping of a stream or broker. CDK's own event sources grant more, and have none for Amazon MQ. */
export function addMapping({ scope, handler }: SourceTarget, props: Omit<CfnEventSourceMappingProps, 'functionName'>): CfnEventSourceMapping {
  const mapping = new CfnEventSourceMapping(scope, 'Mapping', { functionName: handler.functionName, ...props });
  // Lambda validates the permissions of the function when it creates the mapping.
  mapping.node.addDependency(handler.role!);
  return mapping;
}

/** The dead-letter queue also receives the positions of batches that Lambda stops retrying. */
export const failureDestination = ({ deadLetterQueue }: SourceTarget): Pick<CfnEventSourceMappingProps, 'destinationConfig'> =>
  ({ destinationConfig: { onFailure: { destination: deadLetterQueue.queueArn } } });

/** The actions that AWS documents for mappings that connect to brokers in a VPC. */
const NETWORK_ACTIONS = [
  'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/** Lets Lambda connect to brokers in a VPC, and not the code of the function, which has the same role. */
export function allowBrokerNetwork(handler: LambdaFunction): void {
  handler.addToRolePolicy(new PolicyStatement({ actions: NETWORK_ACTIONS, resources: ['*'] }));
  handler.addToRolePolicy(new PolicyStatement({
    effect: Effect.DENY, actions: NETWORK_ACTIONS, resources: ['*'], conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  }));
  const policy = handler.role!.node.tryFindChild('DefaultPolicy');
  if (!policy) return;
  acknowledge(policy, [{
    id: 'AwsSolutions-IAM5', reason: 'Lambda needs these actions on all network interfaces, and the code of the function may not use them.', appliesTo: ['Resource::*'],
  }]);
}

/** A consumer group that stays the same when the mapping is replaced, so that the new one continues where the old one ended. */
export const consumerGroupOf = ({ scope }: SourceTarget, given: string | undefined): string =>
  given ?? Names.uniqueResourceName(scope, { maxLength: 200, allowedSpecialCharacters: '-', separator: '-' });
