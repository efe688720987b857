import type { Edge } from './edge';
import { deadLetterQueueArn, isFifo } from './queue-properties';
import type { IndexedResource, TemplateIndex } from './template-index';

/** Finds the subscriptions of topics. A subscription of an email address, a phone or a URL needs no dead-letter queue. */
export const findTopicEdges = (index: TemplateIndex): Edge[] =>
  index.resourcesOfType('AWS::SNS::Subscription').map((subscription) => topicEdge(subscription, index));

function topicEdge({ id, properties }: IndexedResource, index: TemplateIndex): Edge {
  const { Protocol, TopicArn: source, Endpoint: target } = properties;
  const to = ({ sqs: 'queue', lambda: 'function' } as const)[Protocol as string] ?? 'endpoint';
  const sender = { service: 'sns.amazonaws.com', source } as const;
  const topic = index.find(source);
  return {
    kind: `topic → ${to}`,
    definedBy: id,
    source,
    target,
    ...(to === 'endpoint' ? {} : {
      sender,
      deadLetterQueue: {
        arn: deadLetterQueueArn(properties.RedrivePolicy),
        fifo: topic && isFifo(topic),
        sender,
        fix: 'Set `deadLetterQueue` on the subscription.',
      },
    }),
  };
}
