import type { Json } from './template';

/** The type of the source and of the target. */
export type EdgeKind =
  | 'queue → function' | 'stream → function' | 'broker → function' | 'invocation → function'
  | `${'rule' | 'schedule'} → ${'queue' | 'function' | 'bus' | 'other'}`
  | `bucket → ${'queue' | 'function' | 'other'}`
  | `topic → ${'queue' | 'function' | 'endpoint'}`;

/** An AWS service that sends on behalf of a resource, such as EventBridge on behalf of a rule. */
export interface ServiceSender {
  readonly service: 'events.amazonaws.com' | 's3.amazonaws.com' | 'sns.amazonaws.com';
  readonly source: Json;
}

/** The execution role of a function. Lambda sends with the permissions of that role. */
export interface RoleSender {
  readonly role: Json;
}

export type Sender = ServiceSender | RoleSender;

/**
 * An asynchronous edge: a source delivers messages, records or events to a target, and no caller waits for the result. Both ends are values of a
 * template, such as `{ Ref: 'Queue' }`.
 */
export interface Edge {
  readonly kind: EdgeKind;
  /** The logical id of the resource that defines the edge, such as a rule. */
  readonly definedBy: string;
  readonly source: Json;
  readonly target: Json;
  /** The service that needs permission to reach the target; undefined if Lambda polls the source. */
  readonly sender?: ServiceSender;
  /** Undefined if AWS supports no dead-letter queue here, or if the source is outside the template. */
  readonly deadLetterQueue?: EdgeDeadLetterQueue;
  /** The properties of the event source mapping. */
  readonly mapping?: Json;
}

/** The dead-letter queue of an edge, with its requirements. */
export interface EdgeDeadLetterQueue {
  /** The ARN in the template; undefined if the edge has no dead-letter queue. */
  readonly arn: Json;
  /** Whether the queue has to be FIFO; undefined if the template does not determine it. */
  readonly fifo?: boolean;
  /** The service or role that needs permission to send to the queue; undefined if SQS itself moves the messages. */
  readonly sender?: Sender;
  /** How to add a dead-letter queue to the edge, as a sentence. */
  readonly fix: string;
}
