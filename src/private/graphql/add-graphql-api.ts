import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { BatchFileIngest } from '../../batch-file-ingest';
import type { CommonOptions } from '../../options';
import type { OrderEventHistory } from '../../order-event-history';
import { OrderGraphqlApi } from '../../order-graphql-api';
import { graphqlAuthentication, type OrderGraphqlApiOptions } from '../../order-graphql-options';
import type { OrderLifecycleFlowsOptions } from '../../order-lifecycle-options';
import type { OrderProcessor } from '../../order-processor';
import type { OrderQueriesOptions } from '../../order-queries';
import type { RealtimeOrderIngest } from '../../realtime-order-ingest';
import type { RealtimeOrderIngestOptions } from '../../realtime-order-options';

/** The parts of a pipeline that its GraphQL API uses. */
interface GraphqlParts extends Construct {
  readonly ingest: RealtimeOrderIngest;
  readonly processor: OrderProcessor;
  readonly history?: OrderEventHistory;
  readonly files?: BatchFileIngest;
}

/** The options of a pipeline that its GraphQL API shares. */
type SharedOptions = CommonOptions & OrderQueriesOptions & OrderLifecycleFlowsOptions & RealtimeOrderIngestOptions & { readonly eventBus: IEventBus };

/** Creates the GraphQL API of a pipeline. */
export const addGraphqlApi = (pipeline: GraphqlParts, options: OrderGraphqlApiOptions, shared: SharedOptions): OrderGraphqlApi =>
  new OrderGraphqlApi(pipeline, 'GraphqlApi', {
    ...shared,
    webAclArn: undefined,
    ...options,
    authentication: graphqlAuthentication(options, shared),
    ordersQueue: pipeline.ingest.ordersQueue,
    ordersTable: pipeline.processor.ordersTable,
    historyTable: pipeline.history?.historyTable,
    filesTable: pipeline.files?.filesTable,
  });
