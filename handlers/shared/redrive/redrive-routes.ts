/** A dead-letter queue and the way back out of it. */
export interface RedriveRoute {
  /** What requests and answers call it, such as `processing`. */
  readonly name: string;
  readonly deadLetterQueueUrl: string;
  /** The queue into which its messages are put back. */
  readonly queueUrl?: string;
  /** The function that gets its messages back, where they are records of a table's stream. */
  readonly functionName?: string;
  /** Why its messages are only listed, where neither is there. */
  readonly notRedrivable?: string;
  readonly isFifo: boolean;
  /** Whether its message groups are orders. */
  readonly groupIsOrder?: boolean;
  /** How often a message was tried before SQS moved it there. */
  readonly tries?: number;
}

/**
 * What the construct writes, short: an environment has 4 KB. Queues are names, or whole URLs where they are not in this account and region;
 * `at` is the URL of any queue that is.
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

/** Reads the routes that the construct gave the handler. */
export function readRoutes(setting: string): RedriveRoute[] {
  const { at = '', routes } = JSON.parse(setting) as RoutesSetting;
  const home = at.slice(0, at.lastIndexOf('/') + 1);
  const urlOf = (queue: string) => (queue.includes('/') ? queue : home + queue);
  return routes.map(({ name, from, to, call, notRedrivable, fifo, groupIsOrder, tries }) => ({
    name,
    deadLetterQueueUrl: urlOf(from),
    ...(to ? { queueUrl: urlOf(to) } : {}),
    ...(call ? { functionName: call } : {}),
    ...(notRedrivable ? { notRedrivable } : {}),
    isFifo: fifo ?? false,
    ...(groupIsOrder ? { groupIsOrder } : {}),
    ...(tries ? { tries: Number(tries) } : {}),
  }));
}
