/**
 * The JSON API of the console's server: what it answers to the page, and what the commands print with `--json`.
 *
 * | request | answer |
 * |---|---|
 * | `GET /api/pipeline` | `PipelineDescription` |
 * | `GET /api/status` | `PipelineStatus` |
 * | `GET /api/updates` | a stream of server-sent events: `status` with `PipelineStatus`, `order-event` with `OrderEvent` |
 * | `GET /api/orders?orderId=…`, or `customerId`, `status`, `externalReference`, `fileId`, with `tenant`, `cursor` | `OrderList` |
 * | `GET /api/orders/{orderId}?tenant=…` | `OrderDetails` |
 * | `POST /api/orders`, `POST /api/orders/{orderId}/changes`, `POST /api/orders/{orderId}/cancellations` | `CommandResult` |
 * | `GET /api/files?state=…&cursor=…` | `FileList` |
 * | `GET /api/files/{fileId}` | `FileDetails` |
 * | `GET /api/files/{fileId}/report` | the report as it is in the bucket, a download |
 * | `PUT /api/files/{name}?tenant=…` | `FileUpload` |
 * | `GET /api/dead-letters` | `DeadLetterList` |
 * | `POST /api/dead-letters/redrive` with `RedriveSelection` | `RedriveOutcome` |
 * | `GET /api/events?type=…&orderId=…&tenant=…` | `EventList` |
 * | `GET /api/faults` | `FaultList`; local AWS only |
 * | `POST /api/faults/{fault}`, `DELETE /api/faults/{fault}` | `FaultList`; local AWS only |
 *
 * The body of `POST /api/orders` is the order, that of `changes` a JSON merge patch of it, and that of `cancellations` `{ reason? }`; all three have
 * `?tenant=…` in a pipeline with tenants. `GET /api/orders?fileId=…` lists the orders of a file. `/api/updates` also has `problem` with `ConsoleProblem`
 * when a status could not be read. The body of `PUT /api/files/{name}` is the file.
 *
 * Every request has the token of the run in `Authorization: Bearer <token>`. Errors are `ConsoleProblem`. Requests that change something are
 * refused with 403 unless the console was started with `--allow-changes`. Contents of orders are masked unless it was started with
 * `--show-contents`: strings and numbers of the order's document are `"•••"`, `masked` is true.
 */

/** The answer to a request that failed. */
export interface ConsoleProblem {
  readonly status: number;
  /** What is wrong, in a sentence. */
  readonly title: string;
  /** How to resolve it, such as the missing permission. */
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** The kinds of resources in the picture. */
export type ResourceKind = 'API' | 'QUEUE' | 'FUNCTION' | 'TABLE' | 'BUCKET' | 'BUS' | 'TOPIC' | 'STREAM' | 'STATE_MACHINE';

/** A resource of the pipeline. */
export interface PipelineResource {
  /** The logical ID. */
  readonly id: string;
  readonly kind: ResourceKind;
  /** Such as `orders queue` or `validate-order`. */
  readonly label: string;
  /** The name of the part it belongs to, such as `Ingest`. */
  readonly part: string;
  /** The name or URL in AWS. */
  readonly physicalId: string;
  /** The ID of the dead-letter queue of a queue or of a consumer of a stream, and its name in redrive commands. */
  readonly deadLetterQueue?: { readonly id: string; readonly name: string; readonly redrivable: boolean };
  /** Its page in the AWS console; absent on the local AWS. */
  readonly url?: string;
}

/** What does not change while the console runs. */
export interface PipelineDescription {
  readonly stack: string;
  readonly pipeline: string;
  readonly region: string;
  readonly isLocal: boolean;
  readonly allowsChanges: boolean;
  readonly showsContents: boolean;
  readonly hasTenants: boolean;
  readonly hasHistory: boolean;
  readonly hasFiles: boolean;
  /** The lists of orders that the pipeline has an index for. */
  readonly listsBy: readonly ('customerId' | 'status' | 'externalReference')[];
  readonly resources: readonly PipelineResource[];
  /** Messages go from one resource to the other. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** The JSON Schema of an order, for forms, and an example. */
  readonly orderModel: { readonly schema: object; readonly example: object };
  /** The parts of the architecture that the caller may not read, and the missing permissions. */
  readonly missingPermissions: readonly string[];
}

/** The state of a queue, at the time of the status. */
export interface QueueStatus {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Seconds; absent where it is not known. */
  readonly oldestMessageAge?: number;
}

/** The counting equation: `accepted = confirmed + repeated + rejected + pending + deadLettered`, without which `unaccounted` is not 0. */
export interface OrderTotals {
  readonly accepted: number;
  readonly confirmed: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly pending: number;
  /** When the oldest pending order was validated, as ISO 8601. */
  readonly oldestPending?: string;
  readonly deadLettered: number;
  /** Accepted orders without a known outcome while nothing is in flight: lost orders. Negative if there are more outcomes than orders. */
  readonly unaccounted: number;
  /** From when on it counts, as ISO 8601; absent if it counts all orders. */
  readonly since?: string;
}

/** What changes while orders flow. */
export interface PipelineStatus {
  readonly at: string;
  readonly queues: Readonly<Record<string, QueueStatus>>;
  /** Errors of functions in the last five minutes by logical ID; absent where they are not known. */
  readonly functionErrors: Readonly<Record<string, number>>;
  /** Orders by status; undefined without the permission to read the table. */
  readonly totals?: OrderTotals;
  /** Messages in queues that are not dead-letter queues. */
  readonly inFlight: number;
  readonly deadLettered: number;
  /** Sentences about what needs attention, the most urgent one first: lost orders, dead letters, old messages, pending orders, files. */
  readonly attention: readonly { readonly text: string; readonly view: 'pipeline' | 'orders' | 'files' | 'dead-letters' | 'events'; readonly resource?: string }[];
}

/** One order in a list. */
export interface OrderSummary {
  readonly orderId: string;
  readonly tenant?: string;
  readonly status: string;
  readonly customerId?: string;
  readonly version?: number;
  readonly total?: number;
  readonly currency?: string;
  readonly updatedAt?: string;
  /** Why it was rejected. */
  readonly reason?: string;
}

export interface OrderList {
  readonly orders: readonly OrderSummary[];
  /** For the next page. */
  readonly cursor?: string;
}

/** An event of an order's history, or of the stream of all events. */
export interface OrderEvent {
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  readonly orderId?: string;
  readonly tenant?: string;
  readonly correlationId?: string;
  /** Who caused it: the caller, a file with a line, another system, or an operator. */
  readonly by?: string;
  /** The step of a workflow, or the workflow, that it is about. */
  readonly about?: string;
  readonly reason?: string;
  readonly detail: unknown;
}

/** One order, completely. */
export interface OrderDetails {
  readonly summary: OrderSummary;
  readonly masked: boolean;
  /** The order as the API shows it. */
  readonly order: Readonly<Record<string, unknown>>;
  /** The oldest event first. */
  readonly timeline: readonly OrderEvent[];
  /** The versions of the document that the history has, the oldest one first. */
  readonly versions: readonly { readonly version: number; readonly at: string; readonly order: unknown }[];
  /** Commands that wait for an earlier one. */
  readonly pendingCommands: readonly { readonly command: string; readonly sequence: number; readonly until?: string }[];
  /** Where the order is if it has no outcome: messages about it in dead-letter queues. */
  readonly deadLetters: readonly DeadLetter[];
}

/** The result of placing, changing or cancelling an order. */
export interface CommandResult {
  readonly status: number;
  readonly orderId?: string;
  readonly correlationId?: string;
  readonly problem?: ConsoleProblem;
}

/** One file in a list. */
export interface FileSummary {
  readonly fileId: string;
  readonly key: string;
  readonly tenant?: string;
  readonly state: string;
  readonly size?: number;
  readonly receivedAt: string;
  readonly counts?: { readonly total: number; readonly valid: number; readonly invalid: number };
  /** Orders sent to the orders queue. */
  readonly sent: number;
  readonly outcomes?: Readonly<Record<string, number>>;
}

export interface FileList {
  readonly files: readonly FileSummary[];
  readonly cursor?: string;
}

/** One file, with its errors and the outcomes of its orders. */
export interface FileDetails {
  readonly summary: FileSummary;
  readonly reason?: string;
  readonly errors: readonly { readonly line?: number; readonly orderId?: string; readonly path?: string; readonly message: string }[];
  /** Orders of the file that were rejected. */
  readonly rejectedOrders: readonly { readonly orderId: string; readonly reason: string; readonly line?: number }[];
  readonly hasReport: boolean;
}

export interface FileUpload {
  readonly key: string;
}

/** A message in a dead-letter queue, without contents. */
export interface DeadLetter {
  readonly queue: string;
  readonly messageId: string;
  readonly orderId?: string;
  readonly tenant?: string;
  readonly correlationId?: string;
  /** Seconds since it was sent. */
  readonly age: number;
  readonly receiveCount: number;
  readonly reason: string;
}

export interface DeadLetterList {
  readonly queues: readonly {
    readonly queue: string;
    readonly count: number;
    readonly redrivable: boolean;
    readonly notRedrivable?: string;
    readonly messages: readonly DeadLetter[];
    /** Whether the queue has more messages than these. */
    readonly hasMore: boolean;
  }[];
}

/** The messages to redrive: all, those of a queue, or some of a queue. */
export interface RedriveSelection {
  readonly queue?: string;
  readonly messageIds?: readonly string[];
  readonly orderId?: string;
}

export interface RedriveOutcome {
  readonly moved: number;
  readonly failed: number;
  readonly remaining: number;
  /** Why some messages were not moved, in sentences. */
  readonly notes: readonly string[];
}

export interface EventList {
  readonly events: readonly OrderEvent[];
  /** Why the list can be incomplete. */
  readonly note?: string;
}

/** What "break it" can do. */
export type Fault = 'throttle-orders-table' | 'fail-process-order' | 'poison-messages' | 'duplicate-burst';

export interface FaultList {
  readonly faults: readonly {
    readonly fault: Fault;
    readonly label: string;
    /** What it does, and what to expect. */
    readonly description: string;
    /** Whether it lasts until it is ended; the others happen once. */
    readonly lasts: boolean;
    readonly active: boolean;
  }[];
}
