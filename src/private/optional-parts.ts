import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { BatchFileIngest } from '../batch-file-ingest';
import { OrderConfirmationFlow } from '../order-confirmation-flow';
import type { OrderEventHistory } from '../order-event-history';
import type { OrderGraphqlApi } from '../order-graphql-api';
import type { OrderLiveUpdates } from '../order-live-updates';
import type { OrderPipelineProps } from '../order-pipeline-options';
import type { OrderProcessor } from '../order-processor';
import { OrderSourceIngest, sourceIngestId } from '../order-source-ingest';
import { OrderStream } from '../order-stream';
import { streamOptionsOf } from '../order-stream-options';
import type { OrderWebhooks } from '../order-webhooks';
import type { RealtimeOrderIngest } from '../realtime-order-ingest';
import { addGraphqlApi } from './graphql/add-graphql-api';
import { addLiveUpdates } from './live/add-live-updates';
import { createPipelineWebhooks } from './webhooks/pipeline-webhooks';

/** The parts that a pipeline has only when the app asks for them. */
export interface OptionalParts {
  readonly sources: OrderSourceIngest[];
  readonly confirmation?: OrderConfirmationFlow;
  readonly stream?: OrderStream;
  readonly webhooks?: OrderWebhooks;
  readonly liveUpdates?: OrderLiveUpdates;
  readonly graphqlApi?: OrderGraphqlApi;
}

/** A pipeline whose other parts exist. */
interface MainParts extends Construct {
  readonly ingest: RealtimeOrderIngest;
  readonly processor: OrderProcessor;
  readonly files?: BatchFileIngest;
  readonly history?: OrderEventHistory;
}

/** Creates the optional parts of a pipeline. `common` has the props of all parts. */
export function createOptionalParts(
  pipeline: MainParts, props: OrderPipelineProps, common: OrderPipelineProps & { readonly eventBus: IEventBus },
): OptionalParts {
  const { ingest, processor, files } = pipeline;
  const { ordersTable } = processor;
  const { ordersQueue, sequenceTable } = ingest;
  return {
    sources: (props.sources ?? []).map((source) => new OrderSourceIngest(pipeline, sourceIngestId(source), { ...common, source, ordersQueue })),
    confirmation: props.confirmation
      && new OrderConfirmationFlow(pipeline, 'Confirmation', { ...common, ordersTable, sequenceTable, confirmation: props.confirmation }),
    stream: props.stream && new OrderStream(pipeline, 'Stream', { ...common, ...streamOptionsOf(props, props.stream) }),
    webhooks: createPipelineWebhooks(pipeline, props, { ...common, ingest }),
    liveUpdates: props.liveUpdates && addLiveUpdates(pipeline, props.liveUpdates, { ...common, ingest, ordersTable, filesTable: files?.filesTable }),
    graphqlApi: props.graphqlApi && addGraphqlApi(pipeline, props.graphqlApi, common),
  };
}
