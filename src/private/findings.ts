import { Duration, Resource, Size, Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EXTRACT_ORDERS_TIMEOUT, VALIDATE_FILE_TIMEOUT } from './limits';
import { CONSUMER_TIMEOUT, DEAD_LETTER_RETENTION, MAX_RECEIVE_COUNT, QUEUE_RETENTION, VISIBILITY_FACTOR } from './queue-with-dead-letter-queue';
import { validateRedriveOptions } from './redrive-routes';
import { durationAbove, durationBetween, durationKnown, integerBetween, notTogether, sizeBetween, type ValidationError } from './validate';
import type { BatchFileIngestOptions } from '../batch-file-options';
import type { CommonOptions, ConsumerOptions, HandlerOptions, OrderRetentionOptions, QueueConsumerOptions } from '../options';
import type { OrderEventBusProps } from '../order-event-bus';
import type { OrderEventHistoryOptions } from '../order-event-history';
import type { OrderLifecycleFlowsOptions } from '../order-lifecycle-options';
import type { OrderPipelineProps } from '../order-pipeline';
import type { OrderProcessorOptions } from '../order-processor';
import type { OrderQueriesOptions } from '../order-queries';
import type { RealtimeOrderIngestOptions } from '../realtime-order-options';

/** API Gateway gives up after 29 seconds. */
const API_TIMEOUT_LIMIT = Duration.seconds(29);

/** A message may wait four days in a queue and fourteen in its dead-letter queue, and be redriven then. */
const LONGER_THAN_QUEUES = Duration.days(20);

/** What is wrong with the options of `OrderEventBus`. */
export const validateEventBusOptions = (props: OrderEventBusProps): ValidationError[] => [
  props.archive === false ? notTogether('archive: false', props.archive, 'archiveRetention', props.archiveRetention) : undefined,
  durationBetween('archiveRetention', props.archiveRetention, Duration.days(1), Duration.days(365_000), 'days'),
  validateEventSource(props.eventSource),
];

/** What is wrong with the options of `RealtimeOrderIngest` in this scope. */
export const validateIngestOptions = (scope: Construct, props: RealtimeOrderIngestOptions & CommonOptions): ValidationError[] => [
  ...validateHandlerOptions('receiveOrder.', props.receiveOrder, API_TIMEOUT_LIMIT),
  ...validateQueueOptions('validateOrder.', props.validateOrder),
  validateEventSource(props.eventSource),
  integerBetween('throttle.rateLimit', props.throttle?.rateLimit, 1, 1_000_000),
  integerBetween('throttle.burstLimit', props.throttle?.burstLimit, 1, 1_000_000),
  sizeBetween('maxOrderSize', props.maxOrderSize, Size.kibibytes(1), Size.kibibytes(192)),
  validateWebAcl(props.webAclArn),
  props.cloudWatchRole && props.accessLog === false ? 'cloudWatchRole: true is of no use with accessLog: false' : undefined,
  props.authorizer && !props.authorizer.authorizationType && !props.apiKeyRequired
    ? 'authorizer must have an authorizationType, or API Gateway lets everybody in; give the imported authorizer one, or set apiKeyRequired'
    : undefined,
  props.sequenceTable ? undefined : validateKeyRegion(scope, props.encryptionKey),
];

/** What is wrong with the options of `BatchFileIngest` in this scope. */
export const validateFileIngestOptions = (scope: Construct, props: BatchFileIngestOptions & CommonOptions): ValidationError[] => [
  ...validateConsumerOptions('validateFile.', props.validateFile, VALIDATE_FILE_TIMEOUT),
  ...validateConsumerOptions('extractOrders.', props.extractOrders, EXTRACT_ORDERS_TIMEOUT),
  validateEventSource(props.eventSource),
  sizeBetween('maxFileSize', props.maxFileSize, Size.kibibytes(1), Size.gibibytes(5)),
  sizeBetween('maxOrderSize', props.maxOrderSize, Size.kibibytes(1), Size.kibibytes(192)),
  integerBetween('maxOrdersPerFile', props.maxOrdersPerFile, 1, 5_000_000),
  durationBetween('fileRetention', props.fileRetention, Duration.days(1), Duration.days(3650), 'days'),
  durationBetween('reportRetention', props.reportRetention, LONGER_THAN_QUEUES, Duration.days(3650), 'days'),
  durationBetween('fileHistoryRetention', props.fileHistoryRetention, LONGER_THAN_QUEUES, Duration.days(3650)),
  notTogether('bucket', props.bucket, 'fileRetention', props.fileRetention),
  notTogether('bucket', props.bucket, 'reportRetention', props.reportRetention),
  ...validateEmails(props.alertEmails),
  validateKeyRegion(scope, props.encryptionKey),
];

/** The options that have a meaning with files alone. */
const FILE_OPTIONS = [
  'bucket', 'onInvalidOrder', 'maxFileSize', 'maxOrdersPerFile', 'fileRetention', 'reportRetention', 'fileHistoryRetention', 'alertEmails',
  'alertSubscriptions', 'validateFile', 'extractOrders', 'queryFiles',
] as const;

/** The same where files can be left out. */
export const validateOptionalFileOptions = (scope: Construct, props: OrderPipelineProps): ValidationError[] =>
  (props.fileIngest ?? true
    ? validateFileIngestOptions(scope, props)
    : FILE_OPTIONS.filter((option) => props[option] !== undefined).map((option) => `${option} is of no use with fileIngest: false`));

/** What is wrong with the options of `OrderProcessor` in this scope. */
export const validateProcessorOptions = (scope: Construct, props: OrderProcessorOptions & CommonOptions): ValidationError[] => [
  ...validateQueueOptions('processOrder.', props.processOrder),
  ...validateHandlerOptions('publishOrderChanges.', props.publishOrderChanges),
  ...validateHandlerOptions('expirePendingCommands.', props.expirePendingCommands),
  validateEventSource(props.eventSource),
  ...validateRetention(props),
  props.ordersTable && !props.ordersTable.tableStreamArn
    ? 'ordersTable must have a stream (NEW_AND_OLD_IMAGES); import it with TableV2.fromTableAttributes and its tableStreamArn'
    : undefined,
  props.ordersTable ? undefined : validateKeyRegion(scope, props.encryptionKey),
];

/** What is wrong with the options of `OrderLifecycleFlows`. */
export const validateLifecycleOptions = (props: OrderLifecycleFlowsOptions & CommonOptions): ValidationError[] => [
  ...validateHandlerOptions('receiveOrderChange.', props.receiveOrderChange, API_TIMEOUT_LIMIT),
  ...validateHandlerOptions('receiveOrderCancellation.', props.receiveOrderCancellation, API_TIMEOUT_LIMIT),
  ...validateQueueOptions('changeOrder.', props.changeOrder),
  ...validateQueueOptions('cancelOrder.', props.cancelOrder),
  ...validateQueueOptions('fulfillOrder.', props.fulfillOrder),
  validateEventSource(props.eventSource),
  sizeBetween('maxOrderSize', props.maxOrderSize, Size.kibibytes(1), Size.kibibytes(192)),
  ...validateRetention(props),
  ...Object.entries(FLOW_OPTIONS).flatMap(([flow, options]) =>
    (props[flow as keyof typeof FLOW_OPTIONS] === false ? options : [])
      .filter((option) => props[option] !== undefined)
      .map((option) => `${option} is of no use with ${flow}: false`)),
];

/** The same where the history can be left out. */
export const validateOptionalHistoryOptions = (scope: Construct, props: OrderPipelineProps): ValidationError[] =>
  (props.history ?? true
    ? validateHistoryOptions(scope, props)
    : HISTORY_OPTIONS.filter((option) => props[option] !== undefined).map((option) => `${option} is of no use with history: false`));

/** The options that have a meaning with the history alone. */
const HISTORY_OPTIONS = ['historyRetention', 'recordOrderEvent', 'queryOrderEvents'] as const;

/** The same for putting messages back, which can be left out. */
export const validateOptionalRedriveOptions = (props: OrderPipelineProps): ValidationError[] =>
  (props.redrive ?? true
    ? validateRedriveOptions(props)
    : [props.redriveDeadLetters === undefined ? undefined : 'redriveDeadLetters is of no use with redrive: false']);

/** The options that have a meaning with one flow alone. */
const FLOW_OPTIONS = {
  orderChanges: ['receiveOrderChange', 'changeOrder'],
  orderCancellations: ['receiveOrderCancellation', 'cancelOrder'],
  orderFulfillments: ['fulfillOrder'],
} as const;

/** What is wrong with how long things are kept with the orders. The item of a command that waits is kept for 120 days. */
const validateRetention = (props: OrderRetentionOptions): ValidationError[] => [
  durationBetween('rejectedOrderRetention', props.rejectedOrderRetention, Duration.minutes(1), Duration.days(3650)),
  durationBetween('pendingCommandRetention', props.pendingCommandRetention, Duration.minutes(1), Duration.days(30)),
];

/** What is wrong with the options of `OrderQueries`. */
export const validateQueriesOptions = (props: OrderQueriesOptions): ValidationError[] => [
  ...validateHandlerOptions('queryOrders.', props.queryOrders, API_TIMEOUT_LIMIT),
  ...validateHandlerOptions('queryOrderEvents.', props.queryOrderEvents, API_TIMEOUT_LIMIT),
  ...validateHandlerOptions('queryFiles.', props.queryFiles, API_TIMEOUT_LIMIT),
];

/** What is wrong with the options of `OrderEventHistory` in this scope. */
export const validateHistoryOptions = (scope: Construct, props: OrderEventHistoryOptions & CommonOptions): ValidationError[] => [
  ...validateQueueOptions('recordOrderEvent.', props.recordOrderEvent),
  validateEventSource(props.eventSource),
  durationBetween('historyRetention', props.historyRetention, Duration.days(1), Duration.days(3650)),
  validateKeyRegion(scope, props.encryptionKey),
];

/** What is wrong with a queue's options. `prefix` is where the user wrote them. */
function validateQueueOptions(prefix: string, options: QueueConsumerOptions = {}): ValidationError[] {
  return [...validateConsumerOptions(prefix, options, CONSUMER_TIMEOUT), integerBetween(`${prefix}batchSize`, options.batchSize, 1, 10)];
}

function validateConsumerOptions(prefix: string, options: ConsumerOptions = {}, defaultTimeout: Duration): ValidationError[] {
  const retention = options.retentionPeriod ?? QUEUE_RETENTION;
  const findings = [
    ...validateHandlerOptions(prefix, options),
    durationKnown(`${prefix}timeout`, options.timeout, 'the visibility timeout of the queue is six times as long'),
    integerBetween(`${prefix}maxConcurrency`, options.maxConcurrency, 2, 1000),
    integerBetween(`${prefix}maxReceiveCount`, options.maxReceiveCount, 1, 1000),
    durationBetween(`${prefix}retentionPeriod`, options.retentionPeriod, Duration.minutes(1), DEAD_LETTER_RETENTION),
    durationBetween(`${prefix}deadLetterRetentionPeriod`, options.deadLetterRetentionPeriod, Duration.minutes(1), DEAD_LETTER_RETENTION),
    durationAbove(
      `${prefix}deadLetterRetentionPeriod`, options.deadLetterRetentionPeriod ?? DEAD_LETTER_RETENTION,
      `${prefix}retentionPeriod`, retention,
    ),
  ];
  // What is out of bounds by itself says enough.
  if (findings.some((finding) => finding !== undefined)) return findings;
  return [validateRetentionCoversReceives(prefix, retention, options.timeout ?? defaultTimeout, options.maxReceiveCount ?? MAX_RECEIVE_COUNT)];
}

/** SQS drops a message at the end of its retention, even while it is still being tried: it would be lost, and not dead-lettered. */
function validateRetentionCoversReceives(prefix: string, retention: Duration, timeout: Duration, maxReceiveCount: number): ValidationError {
  if (retention.isUnresolved() || timeout.isUnresolved() || Token.isUnresolved(maxReceiveCount)) return undefined;
  const tries = Duration.millis(timeout.toMilliseconds() * VISIBILITY_FACTOR * maxReceiveCount);
  return durationAbove(`${prefix}retentionPeriod`, retention, `${VISIBILITY_FACTOR} × timeout × maxReceiveCount`, tries);
}

/** What is wrong with a handler's sizes. */
function validateHandlerOptions(prefix: string, { memorySize, timeout }: HandlerOptions = {}, longest = Duration.minutes(15)): ValidationError[] {
  return [
    integerBetween(`${prefix}memorySize`, memorySize, 128, 10_240),
    durationBetween(`${prefix}timeout`, timeout, Duration.seconds(1), longest),
  ];
}

/** What DynamoDB needs besides a key, to make a table. */
function validateKeyRegion(scope: Construct, encryptionKey: IKey | undefined): ValidationError {
  return encryptionKey && Token.isUnresolved(Stack.of(scope).region)
    ? 'encryptionKey needs a stack with a region, because DynamoDB names it with the key; give the stack env: { region }'
    : undefined;
}

/** What is wrong with the addresses that alerts go to. */
function validateEmails(addresses: readonly string[] = []): ValidationError[] {
  if (Token.isUnresolved(addresses)) return ['alertEmails must be known at synth, because each address is a subscription of its own'];
  return addresses.map((address, index) => {
    if (addresses.indexOf(address) < index) return `alertEmails must name every address once, got ${address} again`;
    return Token.isUnresolved(address) || /^[^@\s]+@[^@\s]+$/.test(address) ? undefined : `alertEmails must hold email addresses, got ${address}`;
  });
}

/** Only a FIFO queue keeps the order of commands. Of an imported queue whose ARN is known at deployment only, CDK cannot tell. */
export const validateFifo = (prop: string, queue: IQueue): ValidationError =>
  (queue.fifo || (Token.isUnresolved(queue.queueArn) && !Resource.isOwnedResource(queue)) ? undefined : `${prop} must be a FIFO queue, got a standard one`);

/** API Gateway takes web ACLs of its region alone, not those of CloudFront. */
function validateWebAcl(webAclArn: string | undefined): ValidationError {
  if (webAclArn === undefined || Token.isUnresolved(webAclArn) || /^arn:[\w-]+:wafv2:[\w-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/.test(webAclArn)) return undefined;
  return `webAclArn must be the ARN of a regional web ACL, arn:<partition>:wafv2:<region>:<account>:regional/webacl/<name>/<id>, got ${webAclArn}`;
}

/** What EventBridge says of a source, whose `aws.` is AWS's own. */
function validateEventSource(eventSource: string | undefined): ValidationError {
  if (eventSource === undefined || Token.isUnresolved(eventSource)) return undefined;
  if (eventSource.startsWith('aws.')) return `eventSource must not begin with "aws.", got ${eventSource}`;
  return eventSource.length >= 1 && eventSource.length <= 256 ? undefined : `eventSource must have 1 to 256 characters, got ${eventSource.length}`;
}
