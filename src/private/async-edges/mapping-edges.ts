import type { Edge } from './edge';
import { inside, isDecidedLater, textOf, type Json } from './template';
import type { Place, TemplateIndex } from './template-index';

/** Queues and streams from which Lambda feeds functions. */
export const mappingEdges = (index: TemplateIndex): Edge[] =>
  index.ofType('AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.EventSourceArn)
    .map((mapping) => (isStream(mapping, index) ? streamEdge(mapping, index) : queueEdge(mapping, index)));

/** Only a stream is read from a position. */
const isStream = ({ properties }: Place, index: TemplateIndex): boolean =>
  !index.queueAt(properties.EventSourceArn) && !textOf(properties.EventSourceArn).includes(':sqs:') && properties.StartingPosition !== undefined;

function queueEdge({ id, properties }: Place, index: TemplateIndex): Edge {
  const queue = index.queueAt(properties.EventSourceArn);
  return {
    kind: 'queue → function',
    definedBy: id,
    source: properties.EventSourceArn,
    target: properties.FunctionName,
    mapping: properties,
    deadLetters: queue && {
      arn: redriveOf(queue.properties.RedrivePolicy),
      fifo: isFifo(queue),
      mend: 'give the queue a deadLetterQueue',
    },
  };
}

function streamEdge({ id, properties }: Place, index: TemplateIndex): Edge {
  return {
    kind: 'stream → function',
    definedBy: id,
    source: properties.EventSourceArn,
    target: properties.FunctionName,
    mapping: properties,
    deadLetters: {
      arn: inside(properties, 'DestinationConfig', 'OnFailure', 'Destination'),
      fifo: false,
      sender: { role: index.functionAt(properties.FunctionName)?.properties.Role },
      mend: 'give the event source an onFailure destination',
    },
  };
}

/** Whether a queue or topic is a FIFO one; undefined where that is decided only at deployment. */
export function isFifo({ properties }: Place): boolean | undefined {
  const fifo = properties.FifoQueue ?? properties.FifoTopic;
  return isDecidedLater(fifo) ? undefined : [true, 'true'].includes(fifo);
}

/** The queue of a redrive policy, which may be text. */
export const redriveOf = (policy: Json): Json =>
  (typeof policy === 'string' ? /"deadLetterTargetArn"\s*:\s*"([^"]+)"/.exec(policy)?.[1] : inside(policy, 'deadLetterTargetArn'));
