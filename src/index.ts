// Named, because modules also export validation, which is internal. In the sequence in which an order passes the constructs.
export { OrderPipeline } from './order-pipeline';
export { type OrderPipelineProps } from './order-pipeline-options';
export { type OrderConsoleAccess } from './order-console-access';
export { OrderModel, type OrderFactPointers, type StandardOrderModelOptions } from './order-model';
export { OrderTenants } from './order-tenants';
export { type OrderTenantApiKeys } from './order-tenant-api-keys';
export { OrderOperators } from './order-operators';
export { RealtimeOrderIngest, type RealtimeOrderIngestProps } from './realtime-order-ingest';
export { type RealtimeOrderIngestOptions } from './realtime-order-options';
export { OrderApi, type ExistingApiOptions, type PrivateRestApiOptions } from './order-api';
export {
  OrderAuthentication, type CognitoAuthenticationOptions, type LambdaAuthenticationOptions, type OidcAuthenticationOptions,
  type OrderRouteAuthentication,
} from './order-authentication';
export { type ApiCorsOptions } from './api-cors-options';
export { type ApiDomainOptions } from './api-domain-options';
export { BatchFileIngest, type BatchFileIngestProps } from './batch-file-ingest';
export { ExistingOrderPolicy, InvalidOrderPolicy, type BatchFileIngestOptions } from './batch-file-options';
export { CsvColumn, type CsvColumnOptions } from './csv-column';
export { type CsvOptions } from './csv-options';
export { BusOrderIngest, type BusOrderIngestOptions, type BusOrderIngestProps } from './bus-order-ingest';
export { OrderSource } from './order-source';
export { OrderSourceIngest, type OrderSourceIngestProps } from './order-source-ingest';
export {
  type BatchSourceOptions, type KafkaSourceOptions, type KinesisSourceOptions, type MskSourceOptions, type OrderSourceNaming, type QueueSourceOptions,
  type RabbitMqSourceOptions, type TopicSourceOptions,
} from './order-source-options';
export { OrderSourceTenant } from './order-source-tenant';
export { OrderEventBus } from './order-event-bus';
export { type OrderEventBusProps } from './order-event-bus-options';
export {
  OrderChannel, type CustomerOrderEventOptions, type EventSubscriptionOptions, type OrderContentEventOptions, type OrderEventOptions,
  type OrderEventRuleProps, type OrderTaskEventOptions,
} from './order-event-options';
export { OrderEventRule } from './order-event-rule';
export {
  ConfirmationDecision, OrderConfirmation, PendingChangePolicy, type ConfirmationOptions, type OrderConfirmationOptions,
} from './order-confirmation';
export { OrderConfirmationFlow, type OrderConfirmationFlowOptions, type OrderConfirmationFlowProps } from './order-confirmation-flow';
export { OrderListKey, type OrderListOptions } from './order-list-key';
export { OrderProcessor, type OrderProcessorProps } from './order-processor';
export { type OrderProcessorOptions } from './order-processor-options';
export { OrderFileOutcomes, type OrderFileOutcomesOptions, type OrderFileOutcomesProps } from './order-file-outcomes';
export { OrderLifecycleFlows, type OrderLifecycleFlowsProps } from './order-lifecycle-flows';
export { type OrderLifecycleFlowsOptions } from './order-lifecycle-options';
export { OrderEventHistory, type OrderEventHistoryOptions, type OrderEventHistoryProps } from './order-event-history';
export { OrderStream, type OrderStreamProps } from './order-stream';
export { type OrderStreamOptions } from './order-stream-options';
export { OrderStreamConsumer, type OrderStreamConsumerProps } from './order-stream-consumer';
export { type OrderStreamConsumerOptions } from './order-stream-consumer-options';
export { OrderQueries, type OrderQueriesOptions, type OrderQueriesProps } from './order-queries';
export { OrderTasks, type OrderTasksOptions, type OrderTasksProps } from './order-tasks';
export { OrderWorkflow } from './order-workflow';
export { OrderWorkflowTrigger, type OrderWorkflowOptions, type OrderWorkflowProps } from './order-workflow-options';
export { OrderWorkflowCommand } from './order-workflow-command';
export { OrderSaga, type OrderSagaProps } from './order-saga';
export {
  OrderSagaStep, type AnswerSagaStepOptions, type FunctionSagaStepOptions, type ItemsSagaStepOptions, type SagaStepOptions,
  type StatesSagaStepOptions,
} from './order-saga-step';
export { OrderWebhooks } from './order-webhooks';
export { type OrderWebhooksOptions, type OrderWebhooksProps } from './order-webhooks-options';
export { type WebhookEndpoint } from './webhook-endpoint';
export { OrderLiveUpdates } from './order-live-updates';
export { type OrderLiveUpdatesOptions, type OrderLiveUpdatesProps } from './order-live-updates-options';
export { OrderGraphqlApi } from './order-graphql-api';
export { type OrderGraphqlApiOptions, type OrderGraphqlApiProps } from './order-graphql-options';
export { OrderPipelineMonitoring, type OrderPipelineMonitoringProps } from './order-pipeline-monitoring';
export { type OrderAlarmOptions, type OrderPipelineMonitoringOptions } from './order-pipeline-monitoring-options';
export { OrderRedrive, type OrderRedriveOptions, type OrderRedriveProps } from './order-redrive';
export { type DeadLetterQueueOptions } from './dead-letter-queue-options';
export {
  type ApiHandlerOptions, type CommonOptions, type ConsumerOptions, type EventAcceptanceOptions, type HandlerOptions, type OrderRetentionOptions,
  type OrderSizeOptions, type QueueConsumerOptions, type TableOptions,
} from './options';
export { type VpcOptions } from './vpc-options';
