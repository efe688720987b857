import { FILE_STATES, STATUSES } from '../contracts/fields';

/** What the API has besides orders, and what the schema needs for AppSync. */
export interface GraphqlFeatures {
  readonly changes: boolean;
  readonly cancellations: boolean;
  readonly history: boolean;
  readonly files: boolean;
  readonly subscriptions: boolean;
  /** Whether operators name the tenant in each field. */
  readonly hasTenantArgument: boolean;
}

const FACTS = `customerId: String
  currency: String
  # In the unit of the order model.
  total: Float
  placedAt: AWSDateTime
  # Number of the order in another system.
  externalReference: String
  salesChannel: String
  tags: [String!]`;

const enumOf = (name: string, values: readonly string[]): string => `enum ${name} {\n  ${values.join('\n  ')}\n}`;

const COMMON = `
# An error in an order or a request.
type FieldError {
  # JSON Pointer to the field; empty for the whole document.
  path: String!
  # Type of the error. Codes are stable, messages may change.
  code: String!
  # What is wrong and how to fix it.
  message: String!
}

${enumOf('OrderStatus', STATUSES)}

# An order.
type OrderView {
  orderId: ID!
  # Tenant of the order, in a pipeline with tenants.
  tenant: String
  status: OrderStatus!
  version: Int!
  ${FACTS}
  createdAt: AWSDateTime!
  updatedAt: AWSDateTime!
  # The order as its model has it. Absent if the order was rejected.
  order: Order
  # The same as JSON in text, exactly as it is stored.
  orderJson: AWSJSON
  cancellation: Cancellation
  rejection: Rejection
  # The decision for which a pending order waits.
  confirmation: PendingConfirmation
  # The line items that are fulfilled, as JSON: [{ lineItem, quantity }]. A line item is its ID, or its index from 0 as a number.
  fulfilledItems: AWSJSON
  # The fulfillments, as JSON: [{ at, items, shipmentId, trackingNumber }].
  fulfillments: AWSJSON
}

type PendingConfirmation {
  # Identifies what is to be decided.
  decisionId: String!
  # When the order is confirmed or rejected without a decision.
  decideBy: AWSDateTime!
}

type Cancellation {
  reason: String!
}

# Why an order was rejected.
type Rejection {
  code: String!
  reason: String!
  errors: [FieldError!]!
}

# An order in a list.
type OrderSummary {
  orderId: ID!
  tenant: String
  status: OrderStatus!
  version: Int!
  ${FACTS}
  createdAt: AWSDateTime!
  updatedAt: AWSDateTime!
}

# A page of orders, newest first.
type OrderList {
  items: [OrderSummary!]!
  # Pass it to the same query for the next page. Absent on the last page.
  nextToken: String
}

# The answer to a request to place, change or cancel an order.
type CommandResult {
  # Whether the request is in the queue. Its outcome follows: read the order, or subscribe to it.
  accepted: Boolean!
  orderId: ID
  correlationId: String!
  # RECEIVED if the request was accepted.
  status: String
  # Why the request was not accepted.
  problem: Problem
  # Every error in the request.
  errors: [FieldError!]!
}

# Why a request was not accepted, as defined by RFC 9457.
type Problem {
  type: String!
  title: String!
  status: Int!
  # What is wrong and how to fix it.
  detail: String!
}`;

const HISTORY = `
# A page of the events of an order, oldest first.
type OrderHistory {
  orderId: ID!
  tenant: String
  items: [OrderHistoryEntry!]!
  nextToken: String
}

type OrderHistoryEntry {
  eventId: ID!
  type: String!
  occurredAt: AWSDateTime!
  # Version of the order after the event.
  version: Int
  # Number of the command among those of its order.
  sequence: Int
  commandId: String
  correlationId: String
  causationId: String
  channel: String
  # Facts of the order after the event: JSON as text.
  facts: AWSJSON
  # Contents of the event: JSON as text.
  data: AWSJSON
  omitted: OmittedContents
}

# Why the history does not have the contents of an event.
type OmittedContents {
  reason: String!
  bytes: Int!
}`;

const FILES = `
${enumOf('OrderFileState', FILE_STATES)}

# A file with orders.
type OrderFile {
  fileId: ID!
  tenant: String
  state: OrderFileState!
  bucket: String!
  key: String!
  receivedAt: AWSDateTime!
  # Number of orders in the orders queue.
  sent: Int!
  counts: OrderFileCounts
  # The valid orders by what became of them.
  outcomes: OrderFileOutcomes
  processedAt: AWSDateTime
  reason: OrderFileReason
}

type OrderFileCounts {
  orders: Int!
  valid: Int!
  repeated: Int!
  invalid: Int!
}

type OrderFileOutcomes {
  confirmed: Int!
  changed: Int!
  unchanged: Int!
  rejected: Int!
  pending: Int!
}

# Why a file was rejected.
type OrderFileReason {
  code: String!
  message: String!
}

# A page of files, newest first.
type OrderFileList {
  items: [OrderFile!]!
  nextToken: String
}

# An order of a file that was rejected after it was sent.
type RejectedFileOrder {
  # Position in the file, from 0.
  index: Int!
  orderId: ID!
  code: String!
  reason: String!
  errors: [FieldError!]!
  rejectedAt: AWSDateTime!
}

# A page of the rejected orders of a file.
type RejectedFileOrderList {
  fileId: ID!
  items: [RejectedFileOrder!]!
  nextToken: String
}`;

const CHANGE_FIELDS = `orderId: ID!
  tenant: String
  eventId: ID!
  # The type of the event, such as OrderConfirmed.
  type: String!
  occurredAt: AWSDateTime!
  correlationId: String
  # Version of the order after the event.
  version: Int
  # Status of the order after the event.
  status: OrderStatus
  ${FACTS}`;

/** The types for subscriptions; `access` are the directives of who may read them. */
const subscriptionTypes = (access: string): string => `
# An event about an order: what changed, without the contents of the order.
type OrderChange${access} {
  ${CHANGE_FIELDS}
}`;

const PUBLISHED_CHANGE = `
# An event as the pipeline publishes it.
input OrderChangeInput {
  ${CHANGE_FIELDS}
}`;

/** The types of the API without those of the order model. */
export const apiTypes = ({ history, files, subscriptions }: GraphqlFeatures, access: string, isForClients: boolean): string => [
  COMMON,
  ...(history ? [HISTORY] : []),
  ...(files ? [FILES] : []),
  ...(subscriptions ? [subscriptionTypes(access), ...(isForClients ? [] : [PUBLISHED_CHANGE])] : []),
].join('\n');
