import type { Edge } from './edge';
import { isFifo, redriveOf } from './mapping-edges';
import type { Place, TemplateIndex } from './template-index';

/** Topics with their subscriptions. Of an address of email, a phone or a URL, nothing is asked. */
export const topicEdges = (index: TemplateIndex): Edge[] =>
  index.ofType('AWS::SNS::Subscription').map((subscription) => topicEdge(subscription, index));

function topicEdge({ id, properties }: Place, index: TemplateIndex): Edge {
  const { Protocol, TopicArn: source, Endpoint: target } = properties;
  const to = ({ sqs: 'queue', lambda: 'function' } as const)[Protocol as string] ?? 'endpoint';
  const sender = { service: 'sns.amazonaws.com', source } as const;
  const topic = index.at(source);
  return {
    kind: `topic → ${to}`,
    definedBy: id,
    source,
    target,
    ...(to === 'endpoint' ? {} : {
      sender,
      deadLetters: {
        arn: redriveOf(properties.RedrivePolicy),
        fifo: topic && isFifo(topic),
        sender,
        mend: 'give the subscription a deadLetterQueue',
      },
    }),
  };
}
