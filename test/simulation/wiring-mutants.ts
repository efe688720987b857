import type { Deployment } from './deployment';

/** The parts of a deployment, so that they can be changed. */
type Mutable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> } : Value;

/** A change of the wiring of a pipeline. */
export interface WiringMutant {
  readonly name: string;
  readonly change: (deployment: Mutable<Deployment>) => void;
}

const mutant = (name: string, change: WiringMutant['change']): WiringMutant => ({ name, change });

/** The mapping that feeds a function. */
const mappingOf = ({ mappings }: Mutable<Deployment>, functionName: string) =>
  Object.values(mappings).find((mapping) => mapping.functionName === functionName)!;

/**
 * Each of these breaks the pipeline, and has to be found. Left out, because no promise is broken:
 * - a stream without a filter, and a rule `RejectedOrders` that matches all rejections: the consumers ignore the further records and events;
 * - a rule or a dead-letter queue that leads from one of the queues of changes, cancellations and fulfillments to another: their consumers take
 *   all three commands;
 * - an orders queue that deduplicates across message groups: ids of commands differ between orders.
 */
export const WIRING_MUTANTS: readonly WiringMutant[] = [
  mutant('the filter of the stream does not pass MODIFY', (deployment) => {
    mappingOf(deployment, 'publish-order-changes').filters![0].eventName = ['INSERT'];
  }),
  mutant('the filter of the stream requires another attribute', (deployment) => {
    mappingOf(deployment, 'publish-order-changes').filters![0].dynamodb.NewImage.rejection = { M: { code: { S: [{ exists: true }] } } };
  }),
  mutant('the filter of the file outcomes does not pass MODIFY', (deployment) => {
    mappingOf(deployment, 'record-file-outcomes').filters![0].eventName = ['INSERT'];
  }),
  mutant('the filter of the file outcomes passes only those with an event', (deployment) => {
    mappingOf(deployment, 'record-file-outcomes').filters![0].dynamodb.NewImage.outcome = { M: { type: { S: [{ exists: true }] } } };
  }),
  mutant('the dead-letter queue of file outcomes has no redrive route', (deployment) => {
    changeRoutes(deployment, (routes) => routes.filter(({ name }) => name !== 'file-outcomes'));
  }),
  mutant('the mapping of the stream retries once', (deployment) => { mappingOf(deployment, 'publish-order-changes').retries = 1; }),
  mutant('the mapping of the stream discards records after a minute', (deployment) => { mappingOf(deployment, 'publish-order-changes').maxRecordAge = 60_000; }),
  ...['receive-order-event', 'validate-order', 'process-order', 'change-order', 'record-order-event', 'publish-order-changes', 'record-file-outcomes'].map((name) =>
    mutant(`${name} is deployed without partial batch responses`, (deployment) => { mappingOf(deployment, name).reportsBatchItemFailures = false; })),
  mutant('the rule RejectedOrders lacks INVALID_ORDER', ({ rules }) => { rules.RejectedOrders.pattern!.detail.data.code = ['REJECTED_BY_HOOK']; }),
  mutant('the rule RejectedOrders lacks REJECTED_BY_HOOK', ({ rules }) => { rules.RejectedOrders.pattern!.detail.data.code = ['INVALID_ORDER']; }),
  mutant('the rule ValidatedOrders does not exist', ({ rules }) => { delete rules.ValidatedOrders; }),
  mutant('the rule ValidatedOrders is of another bus', ({ rules }) => { rules.ValidatedOrders.bus = 'default'; }),
  mutant('the rule ChangeEvents has another source', ({ rules }) => { rules.ChangeEvents.pattern!.source = ['shop.orders']; }),
  mutant('the rule ValidatedOrders matches events of every pipeline', ({ rules }) => { delete rules.ValidatedOrders.pattern!.detail; }),
  mutant('the rule FulfillmentEvents matches events of every pipeline', ({ rules }) => { delete rules.FulfillmentEvents.pattern!.detail; }),
  mutant('the rule PlacementEvents matches events of every pipeline', ({ rules }) => { delete rules.PlacementEvents.pattern!.detail; }),
  mutant('the rule PlacementEvents requires an order ID in the metadata', ({ rules }) => { rules.PlacementEvents.pattern!.detail.metadata.orderId = [{ exists: true }]; }),
  mutant('the rule PlacementEvents has no dead-letter queue', ({ rules }) => { rules.PlacementEvents.targets[0].deadLetterQueue = undefined; }),
  mutant('the rule of the history matches events of every pipeline', ({ rules }) => { delete rules.Events.pattern!.detail.metadata.pipeline; }),
  mutant('the rule FulfillmentEvents ignores events without a pipeline', ({ rules }) => {
    rules.FulfillmentEvents.pattern!.detail.metadata.pipeline = ['Test/Orders'];
  }),
  mutant('the rule CancellationEvents ignores requests that name the pipeline', ({ rules }) => {
    rules.CancellationEvents.pattern!.detail.metadata.pipeline = [{ exists: false }];
  }),
  mutant('validate-order publishes under the id of another pipeline', ({ functions }) => { functions['validate-order'].environment.PIPELINE_ID = 'Shop/Orders'; }),
  mutant('the rule of the history misses events without a version', ({ rules }) => { rules.Events.pattern!.detail.metadata.version = [{ exists: true }]; }),
  mutant('the rule ValidatedOrders has no dead-letter queue', ({ rules }) => { rules.ValidatedOrders.targets[0].deadLetterQueue = undefined; }),
  mutant('pending commands are never expired by a schedule', ({ rules }) => { delete rules.ExpirySchedule; }),
  mutant('messages of the orders queue are visible again after a second', ({ queues }) => { queues.OrdersQueue.visibilityTimeout = 1000; }),
  mutant('messages of the files queue are visible again after a second', ({ queues }) => { queues.FilesQueue.visibilityTimeout = 1000; }),
  mutant('messages of the processing queue expire after a minute', ({ queues }) => { queues.ProcessingQueue.retention = 60_000; }),
  mutant('the dead-letter queue of processing has no redrive route', (deployment) => {
    changeRoutes(deployment, (routes) => routes.filter(({ name }) => name !== 'processing'));
  }),
  mutant('the redrive route of orders is not FIFO', (deployment) => {
    changeRoutes(deployment, (routes) => routes.map((route) => ({ ...route, fifo: undefined, groupIsOrder: undefined })));
  }),
  mutant('CancelOrder is not an accepted command', ({ functions }) => { functions['validate-order'].environment.ACCEPTED_COMMANDS = 'PlaceOrder,ChangeOrder'; }),
  mutant('extract-orders has the dead-letter queue of files', ({ functions }) => {
    functions['extract-orders'].environment.DEAD_LETTER_QUEUE_URL = functions['validate-file'].environment.DEAD_LETTER_QUEUE_URL;
  }),
  mutant('validate-file sends valid files to the files queue', ({ functions }) => {
    functions['validate-file'].environment.VALID_FILES_QUEUE_URL = functions['validate-file'].environment.QUEUE_URL;
  }),
  mutant('commands are pending for a minute in change-order', ({ functions }) => { functions['change-order'].environment.PENDING_COMMAND_RETENTION = '60'; }),
  mutant('process-order has a timeout of 1 millisecond', ({ functions }) => { functions['process-order'].timeout = 1; }),
  mutant('the table of sequences has no sort key', ({ tables }) => { tables.SequenceTable.sortKey = undefined; }),
  mutant('the bucket notifies of other objects', (deployment) => { deployment.notifications[0].prefix = 'orders/'; }),
];

type Route = Record<string, unknown>;

function changeRoutes({ functions }: Mutable<Deployment>, change: (routes: readonly Route[]) => Route[]): void {
  const { environment } = functions['redrive-dead-letters'];
  const { routes, ...rest } = JSON.parse(environment.REDRIVE_ROUTES) as { routes: Route[] };
  environment.REDRIVE_ROUTES = JSON.stringify({ ...rest, routes: change(routes) });
}

/** Copies of deployments with a mutant's change. */
export function mutated({ change }: Pick<WiringMutant, 'change'>, deployments: Readonly<Record<string, Deployment>>): Record<string, Deployment> {
  const copies = structuredClone(deployments) as Record<string, Mutable<Deployment>>;
  Object.values(copies).forEach(change);
  return copies as Record<string, Deployment>;
}
