import { join } from 'node:path';
import { Stack, Stage } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BatchFileIngest } from './batch-file-ingest';
import { BusOrderIngest } from './bus-order-ingest';
import type { DeadLetterQueueOptions } from './dead-letter-queue-options';
import type { OrderConfirmationFlow } from './order-confirmation-flow';
import type { OrderConsoleAccess } from './order-console-access';
import { OrderEventBus } from './order-event-bus';
import { OrderEventHistory } from './order-event-history';
import { OrderFileOutcomes } from './order-file-outcomes';
import type { OrderGraphqlApi } from './order-graphql-api';
import { OrderLifecycleFlows } from './order-lifecycle-flows';
import { hasLifecycleFlow } from './order-lifecycle-options';
import type { OrderLiveUpdates } from './order-live-updates';
import { OrderModel } from './order-model';
import { OrderPipelineMonitoring } from './order-pipeline-monitoring';
import { validatePipelineOptions, type OrderPipelineProps } from './order-pipeline-options';
import { OrderProcessor } from './order-processor';
import { OrderQueries } from './order-queries';
import { OrderRedrive } from './order-redrive';
import type { OrderSourceIngest } from './order-source-ingest';
import type { OrderStream } from './order-stream';
import type { OrderTasks } from './order-tasks';
import type { OrderWebhooks } from './order-webhooks';
import type { OrderWorkflow } from './order-workflow';
import type { OrderWorkflowOptions } from './order-workflow-options';
import { validateEdgesOnSynth } from './private/async-edges/validate-edges-on-synth';
import { serviceNameOf } from './private/bundled-function';
import { apiOf } from './private/contracts/api-of';
import { contractFiles } from './private/contracts/contract-files';
import { writeContracts } from './private/contracts/write-contracts';
import { functionVpc } from './private/function-vpc';
import { grantErase } from './private/grant-erase';
import { grantOperate } from './private/grant-operate';
import { graphqlContracts } from './private/graphql/graphql-contract';
import { identifyPipeline } from './private/identify-pipeline';
import { leaveOutLocally } from './private/local/leave-out-locally';
import { isAlarmKindEnabled } from './private/monitoring/alarm-kinds';
import { createOptionalParts } from './private/optional-parts';
import { listKeysOf } from './private/order-lists';
import { addPipelineOutputs } from './private/pipeline-outputs';
import { warnOfManyResources } from './private/resource-limit';
import { assertProps } from './private/validate';
import { PipelineWorkflows } from './private/workflow/pipeline-workflows';
import { RealtimeOrderIngest } from './realtime-order-ingest';

/**
 * A complete order system: API, order files and orders on the bus, validation, event bus, orders table, changes and cancellations, queries, history,
 * redrive and monitoring.
 *
 * @example
 * new OrderPipeline(this, 'Orders');
 */
export class OrderPipeline extends Construct {
  /** Identifies the pipeline in `metadata.pipeline` of its events. Other systems set it in their requests. */
  public readonly pipelineId: string;

  /** The event bus. Subscribe to events about orders by its `on…` methods. */
  public readonly events: OrderEventBus;

  /** Receives orders over the API. */
  public readonly ingest: RealtimeOrderIngest;

  /** Receives orders in files. Undefined when `fileIngest` is false. */
  public readonly files?: BatchFileIngest;

  /** Receives orders that other systems place by events. Undefined when `orderPlacements` is false. */
  public readonly busIngest?: BusOrderIngest;

  /** Receive orders from the `sources`, in their sequence. */
  public readonly sources: OrderSourceIngest[];

  /** Stores orders and publishes their changes. */
  public readonly processor: OrderProcessor;

  /** Confirms or rejects pending orders. Undefined without `confirmation`. */
  public readonly confirmation?: OrderConfirmationFlow;

  /** Records what became of the orders of files. Undefined when `fileIngest` is false. */
  public readonly fileOutcomes?: OrderFileOutcomes;

  /** Changes, cancels and fulfills orders. Undefined when `orderChanges`, `orderCancellations` and `orderFulfillments` are false. */
  public readonly lifecycle?: OrderLifecycleFlows;

  /** Stores the events about orders. Undefined when `history` is false. */
  public readonly history?: OrderEventHistory;

  /** Streams the events for analysis. Undefined without `stream`. */
  public readonly stream?: OrderStream;

  /** Answers queries of orders, their events and files. */
  public readonly queries: OrderQueries;

  /** Sends events to other systems. Undefined without `webhooks`. */
  public readonly webhooks?: OrderWebhooks;
  /** Sends live updates to browsers. Undefined without `liveUpdates`. */
  public readonly liveUpdates?: OrderLiveUpdates;
  /** The GraphQL API. Undefined without `graphqlApi`. */
  public readonly graphqlApi?: OrderGraphqlApi;

  /** Redrives dead-letter queues. Undefined when `redrive` is false. */
  public readonly redrive?: OrderRedrive;

  /** Alarms and a dashboard. */
  public readonly monitoring: OrderPipelineMonitoring;

  /** The security groups of all functions: those of the props, or a new one. Empty without `vpc`. */
  public readonly securityGroups: ISecurityGroup[];

  private readonly orderModel: OrderModel;
  /** Undefined while the parts are created. */
  private readonly workflows?: PipelineWorkflows;

  constructor(scope: Construct, id: string, props: OrderPipelineProps = {}) {
    super(scope, id);
    this.orderModel = props.orderModel ?? OrderModel.standard();
    assertProps(this, validatePipelineOptions(this, props));
    const events = identifyPipeline(this, props);
    this.events = new OrderEventBus(this, 'Events', { ...props, ...events });
    this.pipelineId = events.pipelineId;
    const { eventBus, eventSource } = this.events;
    const vpc = functionVpc(this, props);
    this.securityGroups = vpc.securityGroups ?? [];
    const common = { ...props, ...events, ...vpc, serviceName: serviceNameOf(this, props) };

    // The other tables are still those of the pipeline.
    const warmThroughputUnless = (table?: ITableV2) => ({ warmThroughput: table ? undefined : props.warmThroughput });
    this.ingest = new RealtimeOrderIngest(this, 'Ingest', { ...common, eventBus, eventSource, ...warmThroughputUnless(props.sequenceTable) });
    if (props.fileIngest ?? true) {
      this.files = new BatchFileIngest(this, 'Files', { ...common, eventBus, eventSource, ordersQueue: this.ingest.ordersQueue });
    }
    if (props.orderPlacements ?? true) {
      this.busIngest = new BusOrderIngest(this, 'BusIngest', { ...common, eventBus, eventSource, ordersQueue: this.ingest.ordersQueue });
    }
    this.processor = new OrderProcessor(this, 'Processor', { ...common, eventBus, eventSource, ...warmThroughputUnless(props.ordersTable) });
    if (this.files) {
      const { processor, files: { filesTable, alertTopic } } = this;
      this.fileOutcomes = new OrderFileOutcomes(this, 'FileOutcomes', {
        ...common, eventBus, eventSource, ordersTable: processor.ordersTable, filesTable, alertTopic,
      });
    }
    const { ordersTable } = this.processor;
    if (hasLifecycleFlow(props)) {
      this.lifecycle = new OrderLifecycleFlows(this, 'Lifecycle', {
        ...common, eventBus, eventSource, ingest: this.ingest, sequenceTable: undefined, ordersTable,
      });
    }
    if (props.history ?? true) {
      const { ingest, processor } = this;
      this.history = new OrderEventHistory(this, 'History', { ...common, eventBus, eventSource, ingest, processor });
    }
    this.queries = new OrderQueries(this, 'Queries', {
      ...common,
      eventBus,
      eventSource,
      ingest: this.ingest,
      ordersTable,
      historyTable: this.history?.historyTable,
      filesTable: this.files?.filesTable,
    });
    const optional = createOptionalParts(this, props, { ...common, eventBus, eventSource });
    this.sources = optional.sources;
    this.confirmation = optional.confirmation;
    this.stream = optional.stream;
    this.webhooks = optional.webhooks;
    this.liveUpdates = optional.liveUpdates;
    this.graphqlApi = optional.graphqlApi;
    if (props.redrive ?? true) this.redrive = new OrderRedrive(this, 'Redrive', { ...common, parts: this.parts, eventBus, eventSource });
    this.monitoring = new OrderPipelineMonitoring(this, 'Monitoring', { ...props.monitoring, parts: this.parts });
    this.workflows = new PipelineWorkflows(this, { ...common, eventBus, ingest: this.ingest });
    addPipelineOutputs(this, this.orderModel._load(), props);
    warnOfManyResources(this);
    leaveOutLocally(this);
    validateEdgesOnSynth(this, { requireAlarms: isAlarmKindEnabled('deadLetters', props.monitoring) });
  }

  /** What workflows wait for. Undefined without a workflow that waits for an answer. */
  public get tasks(): OrderTasks | undefined {
    return this.workflows?.tasks;
  }

  /** The constructs of the pipeline, in the sequence in which an order passes them, as `OrderPipelineMonitoring` and `OrderRedrive` need them. */
  public get parts(): Construct[] {
    const { ingest, events, processor, queries } = this;
    return [
      this.files, this.busIngest, ...this.sources, ingest, events, processor, this.confirmation, this.fileOutcomes, this.lifecycle, this.history,
      this.stream, queries, this.webhooks, this.liveUpdates, this.graphqlApi, this.redrive, ...this.workflows?.parts ?? [],
    ].filter((part) => part !== undefined);
  }

  /**
   * Adds a workflow for each order, with its alarms, graphs and dead-letter queue.
   *
   * @param id the construct id of the workflow, and its name in events: 1 to 23 of A-Z a-z 0-9 -, beginning with one of A-Z a-z.
   */
  public addWorkflow(id: string, options: OrderWorkflowOptions): OrderWorkflow {
    return this.workflows!.add(id, options);
  }

  /**
   * Writes the contracts of the pipeline when the app is synthesized: JSON Schemas of orders, events, requests and messages, OpenAPI of the API
   * as it is configured, the schema of the GraphQL API, AsyncAPI of the bus, and examples.
   *
   * The schema of an order model needs `examples` with at least one order.
   *
   * @param folder the folder to write to, whose contents are replaced; by default, `<id of the stack>-<id of the pipeline>-contracts` beside the
   * template.
   */
  public writeContracts(folder?: string): void {
    const { schema, description } = this.orderModel._load();
    const target = folder ?? join(Stage.of(this)!.outdir, `${Stack.of(this).artifactId}-${this.node.id}-contracts`);
    this.node.addValidation({
      validate: () => {
        const api = { ...apiOf(this.ingest), listKeys: listKeysOf(this.processor) };
        writeContracts(target, { ...contractFiles({ schema, description }, api), ...graphqlContracts(schema, this.graphqlApi) });
        return [];
      },
    });
  }

  /**
   * Grants operators to use the console, `npx cdk-order-pipeline console`: to read orders, their history, files, queues and dead-letter queues, and only
   * with `allowChanges` to redrive messages, to upload files, and to place, change and cancel orders. They see the orders of all tenants and customers.
   *
   * @param grantee the principal, such as a role of operators.
   * @param access  what they may do; by default, they only read.
   */
  public grantOperate(grantee: IGrantable, access: OrderConsoleAccess = {}): Grant {
    return grantOperate(this, grantee, access);
  }

  /**
   * Grants a principal to erase customers with `npx cdk-order-pipeline erase`: to read and change all tables with something about orders, to delete order
   * files, and to delete messages in dead-letter queues. It concerns the orders of all tenants and customers.
   *
   * @param grantee the principal, such as a role of those who answer requests of persons.
   */
  public grantErase(grantee: IGrantable): Grant {
    return grantErase(this, grantee);
  }

  /**
   * Adds a dead-letter queue of the app, such as that of a subscription or of its target, to monitoring and redrive. The dead-letter queue that
   * a subscription creates is monitored without it.
   *
   * @param options the dead-letter queue and its source queue.
   */
  public addDeadLetterQueue(options: DeadLetterQueueOptions): void {
    this.redrive?.addDeadLetterQueue(options);
    const isOfSubscription = options.deadLetterQueue.node.scopes.includes(this.events);
    if (!isOfSubscription) this.monitoring.addDeadLetterQueue(options);
  }
}
