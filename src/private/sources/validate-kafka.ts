import { Duration, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { validateBatchSize, validateStartingPosition } from './source-mapping';
import type { KafkaSourceOptions, MskSourceOptions } from '../../order-source-options';
import { cannotBeSet, type ValidationError } from '../validate';
import { validateHandler } from '../validate-consumer';
import { isInRegionOf, sameEnvironment } from '../validate-environment';

/** Lambda ends the invocation of a broker after this time. */
export const LONGEST_BROKER_TIMEOUT = Duration.minutes(14);

/** Validates a topic of a self-managed cluster. */
export function validateKafka(scope: Construct, prefix: string, options: KafkaSourceOptions): ValidationError[] {
  const { vpc, secret, securityGroup } = options;
  return [
    ...validateTopic(prefix, options.topic, options),
    ...validateServers(prefix, options.bootstrapServers),
    ...(secret ? [] : cannotBeSet(options, ['authenticationMethod'], `without \`${prefix}secret\``, prefix)),
    ...(vpc ? [] : cannotBeSet(options, ['vpcSubnets', 'securityGroup'], `without \`${prefix}vpc\``, prefix)),
    vpc ?? secret ? undefined : `\`${prefix}secret\` is required without \`${prefix}vpc\`, because Lambda connects to public brokers with credentials only`,
    vpc && !securityGroup ? `\`${prefix}securityGroup\` is required with \`${prefix}vpc\`; the brokers must accept its connections` : undefined,
    sameEnvironment(`${prefix}vpc`, scope, vpc, 'region', 'use a VPC of the region'),
  ];
}

/** Validates a topic of an Amazon MSK cluster. */
export const validateMsk = (scope: Construct, prefix: string, clusterArn: string, topic: string, options: MskSourceOptions): ValidationError[] => [
  ...validateTopic(prefix, topic, options),
  validateArn(scope, `${prefix}clusterArn`, clusterArn, /^arn:[^:]+:kafka:[^:]+:\d{12}:cluster\/[^/]+\/[^/]+$/, 'the ARN of an Amazon MSK cluster'),
];

/** Validates an ARN that is text, and whose region Lambda requires to be that of the function. Accepts tokens. */
export function validateArn(scope: Construct, prop: string, arn: string, pattern: RegExp, description: string): ValidationError {
  if (Token.isUnresolved(arn)) return undefined;
  if (!pattern.test(arn)) return `\`${prop}\` must be ${description}, got ${arn}`;
  const region = arn.split(':')[3];
  return isInRegionOf(scope, region) ? undefined : `\`${prop}\` must be in the region of the stack, got ${region} instead of ${Stack.of(scope).region}`;
}

function validateTopic(prefix: string, topic: string, options: MskSourceOptions): ValidationError[] {
  const { consumerGroupId, batchSize, startingPosition } = options;
  return [
    ...validateHandler(prefix.slice(0, -1), options, LONGEST_BROKER_TIMEOUT),
    validateBatchSize(prefix, batchSize),
    validateStartingPosition(prefix, startingPosition),
    matches(topic, /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/) ? undefined : `\`${prefix}topic\` must have 1 to 249 of A-Z a-z 0-9 . _ -, got ${topic}`,
    consumerGroupId === undefined || matches(consumerGroupId, /^[A-Za-z0-9\-/*:_+=.@]{1,200}$/)
      ? undefined
      : `\`${prefix}consumerGroupId\` must have 1 to 200 of A-Z a-z 0-9 - / * : _ + = . @, got ${consumerGroupId}`,
  ];
}

function validateServers(prefix: string, servers: readonly string[]): ValidationError[] {
  if (Token.isUnresolved(servers)) return [];
  if (servers.length < 1 || servers.length > 10) return [`\`${prefix}bootstrapServers\` must have 1 to 10 entries, got ${servers.length}`];
  return servers.filter((server) => !matches(server, /^[^\s:/,]+:\d{1,5}$/))
    .map((server) => `\`${prefix}bootstrapServers\` must be addresses such as broker.example.com:9092, got ${server}`);
}

const matches = (value: string, pattern: RegExp): boolean => Token.isUnresolved(value) || pattern.test(value);
