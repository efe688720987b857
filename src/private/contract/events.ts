/** The default EventBridge `source` of the pipeline's events. */
export const DEFAULT_EVENT_SOURCE = 'orders';

/** Version of the schemas of orders, commands and events. A change that breaks readers of the old schema increments it. */
export const SCHEMA_VERSION = 1;

/** How an order or a command entered the pipeline. */
export const CHANNEL = {
  /** Over the REST API. */
  API: 'api',
  /** In an order file. */
  FILE: 'file',
  /** As an event of another system. */
  BUS: 'bus',
  /** As a record of a stream, a topic or a queue of the app. */
  SOURCE: 'source',
} as const;
export type Channel = (typeof CHANNEL)[keyof typeof CHANNEL];

/** `detail-type` of the events that workflows publish about an order. */
export const WORKFLOW_EVENT_TYPE = {
  ORDER_WORKFLOW_STEP_SUCCEEDED: 'OrderWorkflowStepSucceeded',
  ORDER_WORKFLOW_STEP_FAILED: 'OrderWorkflowStepFailed',
  ORDER_WORKFLOW_STEP_COMPENSATED: 'OrderWorkflowStepCompensated',
  ORDER_WORKFLOW_SUCCEEDED: 'OrderWorkflowSucceeded',
  /** All steps that took effect are compensated. */
  ORDER_WORKFLOW_FAILED: 'OrderWorkflowFailed',
  /** A workflow waits for an answer. Published again for each reminder. */
  ORDER_TASK_REQUESTED: 'OrderTaskRequested',
  /** The answer, which another system publishes. */
  ORDER_TASK_ANSWERED: 'OrderTaskAnswered',
} as const;
export type WorkflowEventType = (typeof WORKFLOW_EVENT_TYPE)[keyof typeof WORKFLOW_EVENT_TYPE];

/** `detail-type` of every event about an order. */
export const EVENT_TYPE = {
  /** Published by another system. */
  ORDER_PLACEMENT_REQUESTED: 'OrderPlacementRequested',
  ORDER_VALIDATED: 'OrderValidated',
  ORDER_REJECTED: 'OrderRejected',
  /** The order is stored, and confirmed or rejected when that is decided. Published only in a pipeline with `confirmation`. */
  ORDER_PENDING: 'OrderPending',
  /** Published by another system, or by the function that decides. */
  ORDER_CONFIRMATION_DECIDED: 'OrderConfirmationDecided',
  ORDER_CONFIRMATION_REFUSED: 'OrderConfirmationRefused',
  ORDER_CONFIRMED: 'OrderConfirmed',
  ORDER_CHANGE_REQUESTED: 'OrderChangeRequested',
  ORDER_CHANGED: 'OrderChanged',
  ORDER_CHANGE_REFUSED: 'OrderChangeRefused',
  ORDER_CANCELLATION_REQUESTED: 'OrderCancellationRequested',
  ORDER_CANCELLED: 'OrderCancelled',
  ORDER_CANCELLATION_REFUSED: 'OrderCancellationRefused',
  /** Published by another system. */
  ORDER_ITEMS_FULFILLED: 'OrderItemsFulfilled',
  ORDER_PARTIALLY_FULFILLED: 'OrderPartiallyFulfilled',
  /** Published by another system, or by the pipeline when the last items are fulfilled. */
  ORDER_FULFILLED: 'OrderFulfilled',
  ORDER_FULFILLMENT_REFUSED: 'OrderFulfillmentRefused',
  /** Published only when reads are audited. */
  ORDER_READ: 'OrderRead',
  /** Messages about the order were redriven from dead-letter queues. */
  ORDER_REDRIVEN: 'OrderRedriven',
  ...WORKFLOW_EVENT_TYPE,
} as const;
export type EventType = (typeof EVENT_TYPE)[keyof typeof EVENT_TYPE];

/** The type of what the history has about an erasure of the customer of an order. It is in the history only: it is not published. */
export const ORDER_ERASED = 'OrderErased';

/** The events that refuse a command. */
export const REFUSED_EVENTS: readonly EventType[] = Object.values(EVENT_TYPE).filter((type) => type.endsWith('Refused'));

/** The events that hold the whole order. */
export const EVENTS_WITH_ORDER: readonly EventType[] = [
  EVENT_TYPE.ORDER_VALIDATED, EVENT_TYPE.ORDER_PENDING, EVENT_TYPE.ORDER_CONFIRMED, EVENT_TYPE.ORDER_CHANGED, EVENT_TYPE.ORDER_CANCELLED,
  EVENT_TYPE.ORDER_PARTIALLY_FULFILLED,
];

/** The events about which subscribers are notified: each is the outcome of a command. */
export const SUBSCRIBED_EVENTS: readonly EventType[] = [
  EVENT_TYPE.ORDER_PENDING, EVENT_TYPE.ORDER_CONFIRMED, EVENT_TYPE.ORDER_REJECTED, EVENT_TYPE.ORDER_CHANGED, EVENT_TYPE.ORDER_CHANGE_REFUSED,
  EVENT_TYPE.ORDER_CANCELLED, EVENT_TYPE.ORDER_CANCELLATION_REFUSED, EVENT_TYPE.ORDER_FULFILLED, EVENT_TYPE.ORDER_FULFILLMENT_REFUSED,
];

/** EventBridge compares numbers up to five billion, so events have the total of their order also as billions and remainder. */
export const BILLION = 1_000_000_000;

/** The outcomes of commands to stored orders, which `publish-order-changes` publishes and counts, with their labels on the dashboard. */
export const COMMAND_OUTCOMES = [
  [EVENT_TYPE.ORDER_CHANGED, 'changed'],
  [EVENT_TYPE.ORDER_CHANGE_REFUSED, 'change refused'],
  [EVENT_TYPE.ORDER_CANCELLED, 'cancelled'],
  [EVENT_TYPE.ORDER_CANCELLATION_REFUSED, 'cancellation refused'],
  [EVENT_TYPE.ORDER_PARTIALLY_FULFILLED, 'partially fulfilled'],
  [EVENT_TYPE.ORDER_FULFILLMENT_REFUSED, 'fulfillment refused'],
] as const;

/** The dashboard graph of these outcomes. */
export const COMMAND_OUTCOMES_GRAPH = 'Changes, cancellations and fulfillments by outcome';

/** `detail-type` of every event about a file. */
export const FILE_EVENT_TYPE = {
  ORDER_FILE_ACCEPTED: 'OrderFileAccepted',
  ORDER_FILE_REJECTED: 'OrderFileRejected',
  ORDER_FILE_COMPLETED: 'OrderFileCompleted',
  ORDER_FILE_PROCESSED: 'OrderFileProcessed',
} as const;
export type FileEventType = (typeof FILE_EVENT_TYPE)[keyof typeof FILE_EVENT_TYPE];

/** `data.code` of an `OrderRejected` event: why the order was rejected. */
export const REJECTION_CODE = {
  /** The order violates its schema or a business rule. `data.errors` lists every violation. */
  INVALID_ORDER: 'INVALID_ORDER',
  /** Another order with different content already has this id. The stored order is unchanged. */
  DUPLICATE_ORDER_ID: 'DUPLICATE_ORDER_ID',
  /** The order should change the stored one with its id, which is not possible. `data.errors` lists why. The stored order is unchanged. */
  NOT_CHANGEABLE: 'NOT_CHANGEABLE',
  /** The app's validation hook did not accept the order. `data.errors` has the hook's errors. */
  REJECTED_BY_HOOK: 'REJECTED_BY_HOOK',
  /** The order was pending, and it was decided to reject it. `data.errors` has the reasons. */
  NOT_CONFIRMED: 'NOT_CONFIRMED',
  /** The order was pending, and nothing was decided in time. */
  CONFIRMATION_TIMED_OUT: 'CONFIRMATION_TIMED_OUT',
  /** An earlier command of the same order did not arrive in time. */
  EXPIRED: 'EXPIRED',
} as const;
export type RejectionCode = (typeof REJECTION_CODE)[keyof typeof REJECTION_CODE];

/** `data.code` of an `Order…Refused` event: why the command had no effect. */
export const REFUSAL_CODE = {
  /** The command violates its schema, or the changed order would violate a rule. `data.errors` lists every violation. */
  INVALID_COMMAND: 'INVALID_COMMAND',
  /** The sender is not permitted to send this command. */
  NOT_ALLOWED: 'NOT_ALLOWED',
  /** The order is not confirmed yet. */
  ORDER_PENDING: 'ORDER_PENDING',
  /** The order is confirmed already. */
  ORDER_CONFIRMED: 'ORDER_CONFIRMED',
  ORDER_CANCELLED: 'ORDER_CANCELLED',
  ORDER_PARTIALLY_FULFILLED: 'ORDER_PARTIALLY_FULFILLED',
  ORDER_FULFILLED: 'ORDER_FULFILLED',
  ORDER_REJECTED: 'ORDER_REJECTED',
  /** The order's version differs from the version that the command expects. */
  VERSION_MISMATCH: 'VERSION_MISMATCH',
  /** The decision is about a placement or a version of the order that a later one replaced. */
  DECISION_OUTDATED: 'DECISION_OUTDATED',
  /** The order of the command did not arrive in time, or is unknown. */
  ORDER_NOT_FOUND: 'ORDER_NOT_FOUND',
  /** The order already has the maximum number of pending commands. */
  TOO_MANY_PENDING: 'TOO_MANY_PENDING',
  /** An earlier command of the same order did not arrive in time. */
  EXPIRED: 'EXPIRED',
} as const;
export type RefusalCode = (typeof REFUSAL_CODE)[keyof typeof REFUSAL_CODE];

/** The codes that validation gives. Validated orders can still be rejected with the others. */
export const VALIDATION_CODES = [REJECTION_CODE.INVALID_ORDER, REJECTION_CODE.REJECTED_BY_HOOK] as const;

/** The metric dimension of the code of rejections and refusals, in addition to Powertools' `service`. */
export const OUTCOME_CODE_DIMENSION = 'code';
