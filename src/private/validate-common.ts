import { Duration, Resource, Size, Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { validateRemovalPolicy } from './removal';
import { durationBetween, integerBetween, sizeBetween, type ValidationError } from './validate';
import { sameEnvironment } from './validate-environment';
import type { CommonOptions, OrderRetentionOptions, OrderSizeOptions, TableOptions } from '../options';

/** Validates an event source. EventBridge reserves the prefix `aws.`. */
export function validateEventSource(eventSource: string | undefined): ValidationError {
  if (eventSource === undefined || Token.isUnresolved(eventSource)) return undefined;
  if (eventSource.startsWith('aws.')) return `\`eventSource\` must not begin with "aws.", got ${eventSource}`;
  return eventSource.length >= 1 && eventSource.length <= 256 ? undefined : `\`eventSource\` must have 1 to 256 characters, got ${eventSource.length}`;
}

/** Validates the id of a pipeline, which is part of the metadata of its events. */
export const validatePipelineId = (pipelineId: string | undefined): ValidationError =>
  (pipelineId === undefined || Token.isUnresolved(pipelineId) || /^[\x21-\x7E]{1,128}$/.test(pipelineId)
    ? undefined
    : `\`pipelineId\` must have 1 to 128 printable ASCII characters without spaces, got ${pipelineId}`);

/** Validates the source and the id of a pipeline's events. */
export const validateEvents = ({ eventSource, pipelineId }: Pick<CommonOptions, 'eventSource' | 'pipelineId'>): ValidationError[] =>
  [validateEventSource(eventSource), validatePipelineId(pipelineId)];

/** Validates the options of constructs that hold orders. */
export const validateCommon = (props: CommonOptions): ValidationError[] =>
  [...validateEvents(props), validateServiceName(props.serviceName), validateRemovalPolicy(props)];

/** Validates the throughput of tables. DynamoDB accepts no less than that of a new table. */
export const validateWarmThroughput = ({ warmThroughput }: TableOptions): ValidationError[] => [
  integerBetween('warmThroughput.readUnitsPerSecond', warmThroughput?.readUnitsPerSecond, 12_000, MAX_THROUGHPUT),
  integerBetween('warmThroughput.writeUnitsPerSecond', warmThroughput?.writeUnitsPerSecond, 4_000, MAX_THROUGHPUT),
];

const MAX_THROUGHPUT = 1_000_000_000;

/** Validates a value of a metric dimension. */
export const validateServiceName = (serviceName: string | undefined): ValidationError =>
  (serviceName === undefined || Token.isUnresolved(serviceName) || /^[\x20-\x7E]{1,255}$/.test(serviceName)
    ? undefined
    : `\`serviceName\` must have 1 to 255 ASCII characters, because it is a dimension of metrics, got ${serviceName}`);

/** Validates that the stack of a table with a customer-managed key has a region. */
export function validateKeyRegion(scope: Construct, encryptionKey: IKey | undefined): ValidationError {
  const elsewhere = sameEnvironment('encryptionKey', scope, encryptionKey, 'region', 'use a key of the region, such as a replica of a multi-region key');
  if (elsewhere) return elsewhere;
  return encryptionKey && Token.isUnresolved(Stack.of(scope).region)
    ? '`encryptionKey` needs a stack with a region, because DynamoDB names it together with the key; give the stack env: { region }'
    : undefined;
}

/** Validates that a queue is FIFO, which keeps commands in order. CDK cannot see the type of an imported queue whose ARN is a token. */
export const validateFifo = (prop: string, queue: IQueue): ValidationError =>
  (queue.fifo || (Token.isUnresolved(queue.queueArn) && !Resource.isOwnedResource(queue))
    ? undefined
    : `\`${prop}\` must be a FIFO queue, got a standard one`);

/** Validates the size of an order. */
export const validateOrderSize = ({ maxOrderSize }: OrderSizeOptions): ValidationError =>
  sizeBetween('maxOrderSize', maxOrderSize, Size.kibibytes(1), Size.kibibytes(192));

/** Validates retention of orders and commands. The sequence of commands is kept for 120 days, longer than any pending command. */
export const validateOrderRetention = (props: OrderRetentionOptions): ValidationError[] => [
  durationBetween('rejectedOrderRetention', props.rejectedOrderRetention, Duration.minutes(1), Duration.days(3650)),
  durationBetween('pendingCommandRetention', props.pendingCommandRetention, Duration.minutes(1), Duration.days(30)),
];
