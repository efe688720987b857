import { Stack } from 'aws-cdk-lib';
import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { OrderGraphqlApiProps } from '../../order-graphql-options';
import { BundledFunction } from '../bundled-function';
import { PUBLISH_MUTATION, SUBSCRIBED_EVENTS } from '../contract';
import { grantSendMessages } from '../grants';
import { grantKeyToEventBridge } from '../key-policy';
import { acceptedEvents, pipelineEvents, warnOfEventsWithoutPipeline } from '../pipeline-events';
import type { QueueConsumer } from '../pipeline-part';
import { QueueWithDeadLetterQueue } from '../queue-with-dead-letter-queue';
import { routeEvents } from '../route-events';
import { setEnv } from '../set-env';

/** The way of events to subscribers: bus → subscribers queue → `notify-graphql-subscribers` → mutation of AppSync. */
export class SubscriberNotification {
  readonly function: BundledFunction;
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, props: OrderGraphqlApiProps) {
    const events = pipelineEvents(scope, props);
    warnOfEventsWithoutPipeline(scope, events, props);
    const { encryptionKey, removalPolicy } = props;
    if (encryptionKey) grantKeyToEventBridge(encryptionKey, scope);
    const queue = new QueueWithDeadLetterQueue(scope, 'Subscribers', { ...props.notifyGraphqlSubscribers, fifo: false, encryptionKey, removalPolicy });
    [this.queue, this.deadLetterQueue] = [queue.queue, queue.deadLetterQueue];
    this.function = new BundledFunction(scope, 'NotifyGraphqlSubscribers', {
      ...props,
      ...props.notifyGraphqlSubscribers,
      handler: 'notify-graphql-subscribers',
      description: 'Publishes events about orders to the subscribers of the GraphQL API',
    });
    grantSendMessages(this.function, this.deadLetterQueue, 'DEAD_LETTER_QUEUE_URL');
    queue.addConsumer(this.function);
    routeEvents(scope, 'SubscriberEvents', props.eventBus, queue, { ...acceptedEvents(events, props), detailType: [...SUBSCRIBED_EVENTS] });
  }

  get consumer(): QueueConsumer {
    return { name: 'subscribers', queue: this.queue, deadLetterQueue: this.deadLetterQueue, function: this.function };
  }

  /** Grants the function to publish, and nothing else of the API. */
  publishTo(api: GraphqlApi): void {
    Grant.addToPrincipal({ grantee: this.function, actions: ['appsync:GraphQL'], resourceArns: [`${api.arn}/types/Mutation/fields/${PUBLISH_MUTATION}`] });
    setEnv(this.function, 'GRAPHQL_URL', api.graphqlUrl);
    setEnv(this.function, 'GRAPHQL_REGION', Stack.of(api).region);
  }
}
