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
 * The routes in the environment variable or in an SSM parameter, in a short form because both have at most 4 KB. Queues are names, or URLs if they are in
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
  /** The names of the SSM parameters with further routes, if they do not fit into the environment. */
  readonly more?: readonly string[];
}

/**
 * Reads all routes.
 *
 * @param setting        the environment variable.
 * @param readParameters reads SSM parameters.
 */
export async function loadRoutes(setting: string, readParameters: (names: readonly string[]) => Promise<readonly string[]>): Promise<RedriveRoute[]> {
  const { more = [] } = JSON.parse(setting) as RoutesSetting;
  return [setting, ...more.length > 0 ? await readParameters(more) : []].flatMap(readRoutes);
}

/** Parses the routes in the environment variable or in a parameter. */
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
