import type { Json } from './template';

/** Who hands over to whom. */
export type EdgeKind =
  | 'queue → function' | 'stream → function' | 'invocation → function'
  | `${'rule' | 'schedule'} → ${'queue' | 'function' | 'bus' | 'other'}`
  | `bucket → ${'queue' | 'function' | 'other'}`
  | `topic → ${'queue' | 'function' | 'endpoint'}`;

/** An AWS service that hands something over for a resource. */
export interface ServiceSender {
  readonly service: 'events.amazonaws.com' | 's3.amazonaws.com' | 'sns.amazonaws.com';
  readonly source: Json;
}

/** A function that hands something over by its own role. */
export interface RoleSender {
  readonly role: Json;
}

export type Sender = ServiceSender | RoleSender;

/** Where something is handed over without anybody waiting for what becomes of it. Ends are values of a template, such as `{ Ref }`. */
export interface Edge {
  readonly kind: EdgeKind;
  /** The logical id of the resource that says it. */
  readonly definedBy: string;
  readonly source: Json;
  readonly target: Json;
  /** Who has to be let to the target; undefined where Lambda fetches by itself. */
  readonly sender?: ServiceSender;
  /** What is required of the dead-letter queue; undefined where AWS knows none, or where it is not ours to say. */
  readonly deadLetters?: DeadLetters;
  /** The event source mapping. */
  readonly mapping?: Json;
}

export interface DeadLetters {
  /** The ARN of the queue; undefined where there is none. */
  readonly arn: Json;
  /** What type the queue has to have; undefined where that is not known. */
  readonly fifo?: boolean;
  /** Who has to be let to the queue; undefined where SQS moves messages by itself. */
  readonly sender?: Sender;
  /** What to give to which construct. */
  readonly mend: string;
}
