import type { Expiration } from 'aws-cdk-lib';
import type { FieldLogLevel } from 'aws-cdk-lib/aws-appsync';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ApiHandlerOptions, CommonOptions, EventAcceptanceOptions, OrderSizeOptions, QueueConsumerOptions } from './options';
import { OrderAuthentication, type OrderRouteAuthentication } from './order-authentication';
import type { OrderListOptions } from './order-list-key';
import type { OrderOperators } from './order-operators';
import type { CallerOptions } from './private/callers/caller-options';
import { validateSources } from './private/callers/validate-callers';
import { graphqlTypes } from './private/graphql/graphql-schema';
import { validateApiKeyExpiration, validateGraphqlAuthentication } from './private/graphql/validate-graphql-authentication';
import { STANDARD_MODEL } from './private/order-model/load-model';
import { cannotBeSet, integerBetween, type ValidationError } from './private/validate';
import { validateApiHandler, validateQueueConsumer } from './private/validate-consumer';
import { validateWebAcl } from './realtime-order-options';

/**
 * Options of `OrderGraphqlApi`.
 */
export interface OrderGraphqlApiOptions {
  /**
   * How callers of the GraphQL API prove who they are: `apiKey`, `iam`, `cognito` with one user pool, `oidc` or `lambda`. A function of `lambda` is invoked
   * with the events of AppSync, and returns `{ isAuthorized, resolverContext }` with a `principalId` that identifies the caller. Required where
   * `routeAuthentication` is set, because AppSync has one authentication for all fields.
   *
   * @default - the authentication of the pipeline; OrderAuthentication.apiKey() without one
   */
  readonly authentication?: OrderAuthentication;

  /**
   * When the API key expires, in the next 365 days. Set a later date and deploy before it does. Required with `OrderAuthentication.apiKey()`.
   *
   * @default - no API key
   */
  readonly apiKeyExpiration?: Expiration;

  /**
   * Whether clients can subscribe to orders.
   *
   * @default true
   */
  readonly subscriptions?: boolean;

  /**
   * Whether clients can read the schema by introspection.
   *
   * @default true
   */
  readonly introspection?: boolean;

  /**
   * The maximum nesting of a query, 1 to 75. Introspection by tools needs about 15.
   *
   * @default 20
   */
  readonly queryDepthLimit?: number;

  /**
   * The maximum number of fields in a request that functions resolve, such as `order` and `orders`, 1 to 10,000.
   *
   * @default 20
   */
  readonly resolverCountLimit?: number;

  /**
   * The ARN of an existing AWS WAF web ACL for the GraphQL API: scope `REGIONAL`, in the region of the API.
   *
   * @default - none
   */
  readonly webAclArn?: string;

  /**
   * Whether AppSync traces requests with X-Ray.
   *
   * @default false
   */
  readonly tracing?: boolean;

  /**
   * Which fields AppSync logs. Its logs contain the requests with their variables, which can be whole orders.
   *
   * @default - AppSync writes no logs; the functions log IDs, codes and counts
   */
  readonly fieldLogLevel?: FieldLogLevel;

  /**
   * Options of `resolve-graphql-query`, which resolves queries.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly resolveGraphqlQuery?: ApiHandlerOptions;

  /**
   * Options of `resolve-graphql-mutation`, which resolves mutations.
   *
   * @default - see `ApiHandlerOptions`
   */
  readonly resolveGraphqlMutation?: ApiHandlerOptions;

  /**
   * Options of the queue of events for subscribers, and of `notify-graphql-subscribers`, which consumes it. Cannot be set when `subscriptions` is false.
   *
   * @default - see `QueueConsumerOptions`
   */
  readonly notifyGraphqlSubscribers?: QueueConsumerOptions;
}

/**
 * Properties of `OrderGraphqlApi`.
 */
export interface OrderGraphqlApiProps extends CommonOptions, OrderGraphqlApiOptions, OrderSizeOptions, EventAcceptanceOptions, OrderListOptions {
  /**
   * The FIFO queue of orders, such as `RealtimeOrderIngest.ordersQueue`.
   */
  readonly ordersQueue: IQueue;

  /**
   * The table of orders with the indexes of `OrderProcessor.ordersTable`.
   */
  readonly ordersTable: ITableV2;

  /**
   * The bus of the pipeline's events.
   */
  readonly eventBus: IEventBus;

  /**
   * The table of events, such as `OrderEventHistory.historyTable`.
   *
   * @default - no query for the events of an order
   */
  readonly historyTable?: ITableV2;

  /**
   * The table of files, such as `BatchFileIngest.filesTable`.
   *
   * @default - no queries for files
   */
  readonly filesTable?: ITableV2;

  /**
   * Whether clients can change orders.
   *
   * @default true
   */
  readonly orderChanges?: boolean;

  /**
   * Whether clients can cancel orders.
   *
   * @default true
   */
  readonly orderCancellations?: boolean;

  /**
   * Whether to publish an `OrderRead` event with the caller for each order that a response contains.
   *
   * @default false
   */
  readonly auditReads?: boolean;

  /**
   * The claim of a caller's JWT that is their customer ID, such as `sub`. Callers then see and change the orders of this customer only.
   *
   * @default - none: every caller sees the orders of all customers
   */
  readonly customerClaim?: string;

  /**
   * Callers who see the orders of all tenants and customers. `OrderOperators.apiKeys` are those of a REST API only.
   *
   * @default - none
   */
  readonly operators?: OrderOperators[];
}

/** What the validation needs to know of the pipeline, or of the props of the construct. */
interface PipelineOptions extends CallerOptions, Pick<CommonOptions, 'orderModel'> {
  readonly authentication?: OrderAuthentication;
  readonly routeAuthentication?: OrderRouteAuthentication;
}

/** The authentication of the GraphQL API: its own, or that of the pipeline. */
export const graphqlAuthentication = (options: OrderGraphqlApiOptions, pipeline: Pick<PipelineOptions, 'authentication'> = {}): OrderAuthentication =>
  options.authentication ?? pipeline.authentication ?? OrderAuthentication.apiKey();

/** Validates the options of `OrderGraphqlApi`; `prefix` is where they are in the props of a pipeline. */
export function validateGraphqlOptions(scope: Construct, options: OrderGraphqlApiOptions, pipeline: PipelineOptions, prefix = ''): ValidationError[] {
  const authentication = graphqlAuthentication(options, pipeline);
  const named = `${prefix}authentication`;
  const { subscriptions = true } = options;
  return [
    ...(options.authentication || !pipeline.routeAuthentication ? [] : [
      `\`${named}\` must be set with \`routeAuthentication\`: AppSync has one authentication for all fields, so those who may read orders may also place, change and cancel them`,
    ]),
    ...validateGraphqlAuthentication(options.authentication ? named : 'authentication', authentication),
    !options.authentication && pipeline.authentication?._scheme.kind === 'lambda' && prefix !== ''
      ? `\`${named}\` must be set with OrderAuthentication.lambda: the function of \`authentication\` authorizes requests to API Gateway; use another function for AppSync`
      : undefined,
    validateApiKeyExpiration(`${prefix}apiKeyExpiration`, authentication, options.apiKeyExpiration),
    ...validateGraphqlCallers(named, authentication, pipeline),
    integerBetween(`${prefix}queryDepthLimit`, options.queryDepthLimit, 1, 75),
    integerBetween(`${prefix}resolverCountLimit`, options.resolverCountLimit, 1, 10_000),
    validateWebAcl(scope, options.webAclArn, `${prefix}webAclArn`),
    ...validateApiHandler(`${prefix}resolveGraphqlQuery`, options.resolveGraphqlQuery),
    ...validateApiHandler(`${prefix}resolveGraphqlMutation`, options.resolveGraphqlMutation),
    ...(subscriptions
      ? validateQueueConsumer(`${prefix}notifyGraphqlSubscribers`, options.notifyGraphqlSubscribers)
      : cannotBeSet(options, ['notifyGraphqlSubscribers'], `when \`${prefix}subscriptions\` is false`, prefix)),
    validateModel(pipeline),
  ];
}

function validateGraphqlCallers(prop: string, authentication: OrderAuthentication, callers: CallerOptions): ValidationError[] {
  if (callers.tenants?._scheme.kind === 'apiKeys') {
    return ['`tenants` cannot be OrderTenants.apiKeys with a GraphQL API: AppSync passes on no ID of the API key, so that tenants cannot be kept apart; '
      + 'use OrderTenants.claim, authorizerContext or roles'];
  }
  return validateSources(callers, [[prop, authentication]]);
}

/** A model without GraphQL types. */
function validateModel({ orderModel }: PipelineOptions): ValidationError {
  try {
    graphqlTypes((orderModel?._load() ?? STANDARD_MODEL).schema);
    return undefined;
  } catch (error) {
    return `\`orderModel\` has no GraphQL types: ${(error as Error).message}`;
  }
}
