import type { Edge } from './edge';
import { inside } from './template';
import type { Place, TemplateIndex } from './template-index';

/** Who hands over to the queue that Lambda itself keeps before a function. */
const INVOKERS = ['rule → function', 'schedule → function', 'topic → function', 'bucket → function'];

/** Functions that are called by somebody who does not wait for the answer. */
export function invocationEdges(index: TemplateIndex, others: readonly Edge[]): Edge[] {
  const configured = index.ofType('AWS::Lambda::EventInvokeConfig').map((config) => ({
    config, handler: index.functionAt(config.properties.FunctionName),
  }));
  const called = others.filter(({ kind }) => INVOKERS.includes(kind)).map(({ target }) => index.functionAt(target));
  const handlers = new Set([...configured.map(({ handler }) => handler), ...called].filter((handler) => handler !== undefined));
  return [...handlers].map((handler) => invocationEdge(handler, configured.find((each) => each.handler === handler)?.config));
}

function invocationEdge({ id, properties }: Place, config?: Place): Edge {
  return {
    kind: 'invocation → function',
    definedBy: id,
    source: 'Lambda',
    target: { Ref: id },
    deadLetters: {
      arn: inside(config?.properties, 'DestinationConfig', 'OnFailure', 'Destination') ?? properties.DeadLetterConfig?.TargetArn,
      fifo: false,
      sender: { role: properties.Role },
      mend: 'give the function an onFailure destination with configureAsyncInvoke',
    },
  };
}
