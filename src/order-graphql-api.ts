import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OrderAuthentication } from './order-authentication';
import { graphqlAuthentication, validateGraphqlOptions, type OrderGraphqlApiProps } from './order-graphql-options';
import { serviceNameOf } from './private/bundled-function';
import { addResolvers } from './private/graphql/add-resolvers';
import type { GraphqlFeatures } from './private/graphql/api-types';
import { accessDirectives } from './private/graphql/appsync-authorization';
import { createAppSyncApi } from './private/graphql/create-appsync-api';
import { featuresOf } from './private/graphql/features-of';
import { grantGraphql } from './private/graphql/grant-graphql';
import { graphqlAlarms, graphqlGraphs } from './private/graphql/graphql-monitoring';
import { graphqlSchema } from './private/graphql/graphql-schema';
import { mutationFunction, queryFunction } from './private/graphql/resolver-functions';
import { SubscriberNotification } from './private/graphql/subscriber-notification';
import { validateListKeys } from './private/order-lists';
import { STANDARD_MODEL } from './private/order-model/load-model';
import { describePart } from './private/pipeline-part';
import { restrictEventTargetsToAccount } from './private/route-events';
import { assertProps } from './private/validate';
import { validateCommon, validateOrderSize } from './private/validate-common';
import { sameEnvironment, TABLE_ADVICE } from './private/validate-environment';
import { validateOrdersQueue } from './private/validate-orders-queue';

/**
 * A GraphQL API for orders (AWS AppSync). Its schema follows the order model. Queries read the tables, mutations send commands to the orders queue, as the
 * REST API does, and subscribers get the events of the bus: bus → subscribers queue → `notify-graphql-subscribers` → AppSync.
 */
export class OrderGraphqlApi extends Construct {
  /** The API of AppSync. */
  public readonly api: GraphqlApi;

  /** The URL of the API. */
  public readonly url: string;

  /** The schema, in the Schema Definition Language, with the directives of AppSync. */
  public readonly schema: string;

  /** Resolves queries, and the filters of subscriptions. It has read access to the tables. */
  public readonly resolveGraphqlQueryFunction: LambdaFunction;

  /** Resolves mutations: validates orders, changes and cancellations, and sends them to the orders queue. */
  public readonly resolveGraphqlMutationFunction: LambdaFunction;

  /** Consumes the subscribers queue: publishes events to subscribers. Undefined when `subscriptions` is false. */
  public readonly notifyGraphqlSubscribersFunction?: LambdaFunction;

  /** The queue of events for subscribers. Undefined when `subscriptions` is false. */
  public readonly subscribersQueue?: Queue;

  /** The dead-letter queue of the subscribers queue, also for events that EventBridge cannot deliver to it. Undefined when `subscriptions` is false. */
  public readonly subscribersDeadLetterQueue?: Queue;

  /** @internal */
  public readonly _features: GraphqlFeatures;

  private readonly authentication: OrderAuthentication;

  constructor(scope: Construct, id: string, props: OrderGraphqlApiProps) {
    super(scope, id);
    assertProps(this, [
      ...validateGraphqlOptions(this, props, { ...props, authentication: undefined }),
      ...validateListKeys(props),
      ...validateCommon(props),
      validateOrderSize(props),
      ...validateOrdersQueue(this, props.ordersQueue, 'OrderGraphqlApi'),
      ...(['ordersTable', 'historyTable', 'filesTable'] as const).map((prop) => sameEnvironment(prop, this, props[prop], 'account and region', TABLE_ADVICE)),
    ]);
    restrictEventTargetsToAccount(this);
    this.authentication = graphqlAuthentication(props);
    this._features = featuresOf(props);
    this.schema = graphqlSchema((props.orderModel?._load() ?? STANDARD_MODEL).schema, this._features, { kind: 'appsync', access: accessDirectives(this.authentication) });

    this.resolveGraphqlQueryFunction = queryFunction(this, props);
    this.resolveGraphqlMutationFunction = mutationFunction(this, props);
    const notification = this._features.subscriptions ? new SubscriberNotification(this, props) : undefined;
    this.notifyGraphqlSubscribersFunction = notification?.function;
    [this.subscribersQueue, this.subscribersDeadLetterQueue] = [notification?.queue, notification?.deadLetterQueue];

    this.api = createAppSyncApi(this, props, { authentication: this.authentication, schema: this.schema, publisher: notification?.function.role });
    this.url = this.api.graphqlUrl;
    addResolvers(this.api, this._features, { queries: this.resolveGraphqlQueryFunction, mutations: this.resolveGraphqlMutationFunction });
    notification?.publishTo(this.api);
    describePart(this, {
      name: 'Graphql',
      serviceName: serviceNameOf(this, props),
      apiFunctions: [this.resolveGraphqlQueryFunction, this.resolveGraphqlMutationFunction],
      consumers: notification ? [notification.consumer] : [],
      alarms: graphqlAlarms(this.api, [this.resolveGraphqlQueryFunction, this.resolveGraphqlMutationFunction]),
      graphs: graphqlGraphs(this.api),
    });
  }

  /** The value of the API key, as the template has it: a reference. Undefined without `OrderAuthentication.apiKey()`. */
  public get apiKey(): string | undefined {
    return this.api.apiKey;
  }

  /**
   * Grants a principal to call the API with IAM authentication (`appsync:GraphQL`).
   *
   * @param grantee the principal that signs requests.
   * @param fields  such as `Query.order` and `Mutation.placeOrder`; by default, all that callers have.
   * @throws Error if the API has another authentication, or has no such field.
   */
  public grantAccess(grantee: IGrantable, ...fields: string[]): Grant {
    return grantGraphql(this, this.api, this._features, this.authentication, grantee, fields);
  }
}
