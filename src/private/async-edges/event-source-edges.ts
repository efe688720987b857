import type { Edge } from './edge';
import { deadLetterQueueArn, isFifo } from './queue-properties';
import { literalText, valueAt } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';

/** Finds the event source mappings: the queues and streams that Lambda polls for functions. */
export const findEventSourceEdges = (index: TemplateIndex): Edge[] =>
  index.resourcesOfType('AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.EventSourceArn)
    .map((mapping) => (isStream(mapping, index) ? streamEdge(mapping, index) : queueEdge(mapping, index)));

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

function streamEdge({ id, properties }: IndexedResource, index: TemplateIndex): Edge {
  return {
    kind: 'stream → function',
    definedBy: id,
    source: properties.EventSourceArn,
    target: properties.FunctionName,
    mapping: properties,
    deadLetterQueue: {
      arn: valueAt(properties, 'DestinationConfig', 'OnFailure', 'Destination'),
      fifo: false,
      sender: { role: index.findFunction(properties.FunctionName)?.properties.Role },
      fix: 'Set `onFailure` on the event source.',
    },
  };
}
