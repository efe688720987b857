import type { Edge, EdgeDeadLetterQueue } from './edge';
import { deadLetterQueueArn, isFifo } from './queue-properties';
import { asList, literalText, valueAt, type Json } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';

/** Finds the event source mappings: the queues, streams and brokers that Lambda polls for functions. */
export const findEventSourceEdges = (index: TemplateIndex): Edge[] =>
  index.resourcesOfType('AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.EventSourceArn || isBroker(properties))
    .map((mapping) => edgeOf(mapping, index));

function edgeOf(mapping: IndexedResource, index: TemplateIndex): Edge {
  if (isBroker(mapping.properties)) return brokerEdge(mapping, index);
  return isStream(mapping, index) ? streamEdge(mapping, index) : queueEdge(mapping, index);
}

/** A mapping of Kafka has topics, and one of Amazon MQ has queues. */
const isBroker = ({ Topics, Queues }: Json): boolean => (Topics ?? Queues) !== undefined;

/** A mapping of a stream has a starting position; a mapping of a queue has none. */
const isStream = ({ properties }: IndexedResource, index: TemplateIndex): boolean => !index.findQueue(properties.EventSourceArn)
  && !literalText(properties.EventSourceArn).includes(':sqs:') && properties.StartingPosition !== undefined;

function queueEdge({ id, properties }: IndexedResource, index: TemplateIndex): Edge {
  const queue = index.findQueue(properties.EventSourceArn);
  return {
    kind: 'queue → function',
    definedBy: id,
    source: properties.EventSourceArn,
    target: properties.FunctionName,
    mapping: properties,
    deadLetterQueue: queue && {
      arn: deadLetterQueueArn(queue.properties.RedrivePolicy),
      fifo: isFifo(queue),
      fix: 'Set `deadLetterQueue` on the queue.',
    },
  };
}

/** Lambda redelivers a batch of a broker as a whole. It has a failure destination for Kafka, and none for Amazon MQ. */
function brokerEdge({ id, properties }: IndexedResource, index: TemplateIndex): Edge {
  const { FunctionName: target, Topics, Queues } = properties;
  return {
    kind: 'broker → function',
    definedBy: id,
    source: asList(Topics ?? Queues)[0],
    target,
    ...(Topics === undefined ? {} : { deadLetterQueue: failureDestination(properties, index) }),
  };
}

function streamEdge({ id, properties }: IndexedResource, index: TemplateIndex): Edge {
  return {
    kind: 'stream → function',
    definedBy: id,
    source: properties.EventSourceArn,
    target: properties.FunctionName,
    mapping: properties,
    deadLetterQueue: failureDestination(properties, index),
  };
}

const failureDestination = (properties: Json, index: TemplateIndex): EdgeDeadLetterQueue => ({
  arn: valueAt(properties, 'DestinationConfig', 'OnFailure', 'Destination'),
  fifo: false,
  sender: { role: index.findFunction(properties.FunctionName)?.properties.Role },
  fix: 'Set `onFailure` on the event source.',
});
