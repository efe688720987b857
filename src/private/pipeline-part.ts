import type { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct, IConstruct } from 'constructs';
import type { AlarmKind } from './monitoring/alarm-kinds';
import type { ValidationError } from './validate';

/** A function of a part. */
export interface PartFunction {
  readonly function: LambdaFunction;
  /** What a failed invocation means for orders: a sentence for the description of its alarm. */
  readonly afterError: string;
}

/** A function that consumes messages, and the dead-letter queue of the messages that it cannot process. */
export interface PartConsumer {
  /** Names the dead-letter queue in redrive commands, such as `processing`. */
  readonly name: string;
  readonly function: LambdaFunction;
  readonly deadLetterQueue: Queue;
}

/** A consumer of a queue. Its dead letters are redriven to the queue. */
export interface QueueConsumer extends PartConsumer {
  readonly queue: Queue;
  /** Whether the message group is the id of the order. */
  readonly groupIsOrder?: boolean;
}

/** A consumer of a stream or of a schedule. */
export interface DirectConsumer extends PartConsumer {
  /** Why its dead letters cannot be redriven. Without it, they are redriven by an invocation of the function. */
  readonly notRedrivable?: string;
  /** The content of the dead-letter queue, for the description of its alarm. */
  readonly deadLetters: string;
  /** How to resolve the alarm. */
  readonly resolution: string;
  readonly afterError?: string;
}

/** An alarm that only this part has. */
export interface PartAlarm {
  readonly kind: AlarmKind;
  readonly id: string;
  readonly metric: (period: Duration, serviceName: string) => IMetric;
  readonly description: string;
}

/** A consumer that the app adds to a part, also after the part is monitored. Its function belongs to the app. */
export interface AppConsumer {
  /** Names its alarms, unique within the part. */
  readonly id: string;
  readonly deadLetterQueue: Queue;
  /** The content of the dead-letter queue, for the description of its alarm. */
  readonly deadLetters: string;
  /** How to resolve the alarm. */
  readonly resolution: string;
  readonly alarms: readonly PartAlarm[];
}

/** A graph of the dashboard. Parts add lines to the same graph by the same section and title. */
export interface PartGraph {
  readonly section: DashboardSection;
  readonly title: string;
  readonly lines: readonly IMetric[];
}

/** The sections of the dashboard to which parts add graphs. */
export type DashboardSection = 'API' | 'Functions';

/** A metric that the handlers of a part count. */
export interface PartOutcome {
  /** The graph that shows it. */
  readonly graph: string;
  /** The name of the metric, such as `OrderConfirmed`. */
  readonly metric: string;
  readonly label: string;
}

/** The description of a construct for monitoring and redrive. */
export interface PipelinePart {
  /** The kind of the part, and the construct id of its alarms: `Ingest`. */
  readonly name: string;
  /** The `service` dimension of its metrics. */
  readonly serviceName: string;
  readonly consumers?: readonly (QueueConsumer | DirectConsumer)[];
  /** Consumers of the app. The part adds to the list until synthesis. */
  readonly appConsumers?: readonly AppConsumer[];
  /** The kinds of alarms of these consumers. */
  readonly appAlarmKinds?: readonly AlarmKind[];
  /** Functions that answer the REST API. */
  readonly apiFunctions?: readonly (LambdaFunction | undefined)[];
  readonly otherFunctions?: readonly PartFunction[];
  readonly tables?: readonly ITableV2[];
  readonly outcomes?: readonly PartOutcome[];
  /** Whether its handlers count rejections and refusals by their code. */
  readonly countsCodes?: boolean;
  readonly alarms?: readonly PartAlarm[];
  readonly graphs?: readonly PartGraph[];
  /** Whether apps add rules and dead-letter queues to it, also after it is monitored. */
  readonly hasSubscriptions?: boolean;
}

/** A part with its construct. */
export interface DescribedPart extends PipelinePart {
  readonly construct: IConstruct;
}

/** Not a member of the constructs: jsii would make it public. */
const PARTS = new WeakMap<IConstruct, DescribedPart>();

/** Describes a construct. Each construct of the pipeline calls it once, at the end of its constructor. */
export const describePart = (construct: IConstruct, part: PipelinePart): unknown => PARTS.set(construct, { ...part, construct });

/** The descriptions of constructs that `validateParts` accepts. */
export const partsOf = (constructs: readonly IConstruct[]): DescribedPart[] => constructs.map((construct) => PARTS.get(construct)!);

/** Whether a consumer consumes a queue. */
export const isQueueConsumer = (consumer: QueueConsumer | DirectConsumer): consumer is QueueConsumer => 'queue' in consumer;

/** The consumers of queues. */
export const queueConsumersOf = ({ consumers = [] }: PipelinePart): QueueConsumer[] => consumers.filter(isQueueConsumer);

/** All functions of a part. */
export function functionsOf({ apiFunctions = [], consumers = [], otherFunctions = [] }: PipelinePart): PartFunction[] {
  return [
    ...apiFunctions.filter((each) => each !== undefined).map((each) => ({ function: each, afterError: 'Callers received a 5xx response and can retry.' })),
    ...consumers.map((consumer) => ({ afterError: 'Lambda retries messages of a queue or stream.', ...consumer })),
    ...otherFunctions,
  ];
}

/** Validates the `parts` of a construct. */
export function validateParts(parts: readonly Construct[]): ValidationError[] {
  if (parts.length === 0) return ['`parts` must contain at least one construct, got none'];
  return parts.map((part, index) => {
    if (!PARTS.has(part)) {
      return `\`parts\` must contain constructs such as RealtimeOrderIngest or OrderProcessor, got ${part.node.path}; the property \`parts\` of an OrderPipeline lists its constructs`;
    }
    return parts.indexOf(part) < index ? `\`parts\` must contain each construct once, got ${part.node.path} again` : undefined;
  });
}
