import { synthPipeline } from '../support/synth';
import { resourcesOf } from '../support/template';

/** What a client or operator knows by its ID, or what has orders, messages or events in it. */
const STATEFUL = [
  'AWS::ApiGateway::ApiKey', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::UsagePlan', 'AWS::DynamoDB::GlobalTable', 'AWS::Events::Archive', 'AWS::Events::EventBus',
  'AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue',
];

/**
 * The logical IDs of what must not be replaced in an upgrade. CloudFormation replaces a resource whose ID changes: a table would be empty, an API would have
 * another URL. A new line is a new resource; a line that changes or disappears breaks every deployed pipeline: docs/versioning.md.
 */
const FROZEN: Record<string, string> = {
  OrdersEventsBus2355737B: 'AWS::Events::EventBus',
  OrdersEventsArchiveC63A4094: 'AWS::Events::Archive',
  OrdersIngestOrdersDeadLetterQueue4B73D4F9: 'AWS::SQS::Queue',
  OrdersIngestOrdersQueue3F549B4F: 'AWS::SQS::Queue',
  OrdersIngestSequenceTableE2A4C99B: 'AWS::DynamoDB::GlobalTable',
  OrdersIngestApi163ED50E: 'AWS::ApiGateway::RestApi',
  OrdersIngestApiKey760CF20D: 'AWS::ApiGateway::ApiKey',
  OrdersIngestUsagePlan645385CC: 'AWS::ApiGateway::UsagePlan',
  OrdersFilesFilesDeadLetterQueueAACF2DA2: 'AWS::SQS::Queue',
  OrdersFilesFilesQueue7DAF5F53: 'AWS::SQS::Queue',
  OrdersFilesValidFilesDeadLetterQueue881F4552: 'AWS::SQS::Queue',
  OrdersFilesValidFilesQueue07E22748: 'AWS::SQS::Queue',
  OrdersFilesBucket0BF6B5B4: 'AWS::S3::Bucket',
  OrdersFilesFilesTable1E39D5CC: 'AWS::DynamoDB::GlobalTable',
  OrdersFilesAlertTopic07CD5245: 'AWS::SNS::Topic',
  OrdersBusIngestPlacementDeadLetterQueue750FAD84: 'AWS::SQS::Queue',
  OrdersBusIngestPlacementQueue9D770C18: 'AWS::SQS::Queue',
  OrdersProcessorOrdersTableA0B92E27: 'AWS::DynamoDB::GlobalTable',
  OrdersProcessorProcessingDeadLetterQueueBC1C215A: 'AWS::SQS::Queue',
  OrdersProcessorProcessingQueue18E35760: 'AWS::SQS::Queue',
  OrdersProcessorChangesDeadLetterQueueC57ECED8: 'AWS::SQS::Queue',
  OrdersProcessorExpiryDeadLetterQueue3D3B651A: 'AWS::SQS::Queue',
  OrdersFileOutcomesDeadLetterQueue4FAFCADD: 'AWS::SQS::Queue',
  OrdersLifecycleChangeDeadLetterQueueCEE8BC74: 'AWS::SQS::Queue',
  OrdersLifecycleChangeQueue709D51B3: 'AWS::SQS::Queue',
  OrdersLifecycleCancellationDeadLetterQueue4CEED5AA: 'AWS::SQS::Queue',
  OrdersLifecycleCancellationQueueFC99368F: 'AWS::SQS::Queue',
  OrdersLifecycleFulfillmentDeadLetterQueueBEEB9314: 'AWS::SQS::Queue',
  OrdersLifecycleFulfillmentQueue2016FCDB: 'AWS::SQS::Queue',
  OrdersHistoryHistoryTableE2DCDC8B: 'AWS::DynamoDB::GlobalTable',
  OrdersHistoryHistoryDeadLetterQueueC65A7203: 'AWS::SQS::Queue',
  OrdersHistoryHistoryQueue655CC9BA: 'AWS::SQS::Queue',
};

test('the stateful resources of a pipeline keep their logical IDs', () => {
  const stateful = resourcesOf(synthPipeline().template).filter(({ type }) => STATEFUL.includes(type));
  expect(Object.fromEntries(stateful.map(({ id, type }) => [id, type]))).toEqual(FROZEN);
});
