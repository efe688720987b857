/** A dead-letter queue and the source of its messages. */
export interface RedriveRoute {
  /** Its name in requests and responses, such as `processing`. */
  readonly name: string;
  readonly deadLetterQueueUrl: string;
  /** The source queue to which its messages are moved. */
  readonly queueUrl?: string;
  /** The consumer of a table's stream, if the messages are stream records. */
  readonly functionName?: string;
  /** Why its messages cannot be moved, if there is neither a source queue nor a function. */
  readonly notRedrivable?: string;
  readonly isFifo: boolean;
  /** Whether its message group IDs are order IDs. */
  readonly groupIsOrder?: boolean;
  /** How often a message was received before SQS moved it to the dead-letter queue. */
  readonly maxReceiveCount?: number;
}

/**
 * The routes in the environment variable, in a short form because an environment has at most 4 KB. Queues are names, or URLs if they are in
 * another account or region. `at` is the URL of any queue in this account and region.
 */
export interface RoutesSetting {
  readonly at?: string;
  readonly routes: readonly {
    readonly name: string;
    readonly from: string;
    readonly to?: string;
    readonly call?: string;
    readonly notRedrivable?: string;
    readonly fifo?: boolean;
    readonly groupIsOrder?: boolean;
    readonly tries?: number;
  }[];
}

/** Parses the routes in the environment variable. */
export function readRoutes(setting: string): RedriveRoute[] {
  const { at = '', routes } = JSON.parse(setting) as RoutesSetting;
  const prefix = at.slice(0, at.lastIndexOf('/') + 1);
  const urlOf = (queue: string) => (queue.includes('/') ? queue : prefix + queue);
  return routes.map(({ name, from, to, call, notRedrivable, fifo, groupIsOrder, tries }) => ({
    name,
    deadLetterQueueUrl: urlOf(from),
    ...(to ? { queueUrl: urlOf(to) } : {}),
    ...(call ? { functionName: call } : {}),
    ...(notRedrivable ? { notRedrivable } : {}),
    isFifo: fifo ?? false,
    ...(groupIsOrder ? { groupIsOrder } : {}),
    ...(tries ? { maxReceiveCount: Number(tries) } : {}),
  }));
}
