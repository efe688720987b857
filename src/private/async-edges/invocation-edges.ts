import type { Edge } from './edge';
import { valueAt } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';

/** The edges whose source invokes the function asynchronously. */
const ASYNC_INVOCATIONS = ['rule → function', 'schedule → function', 'topic → function', 'bucket → function'];

/** Finds the functions that are invoked asynchronously. Lambda queues such an event itself and delivers it to the function. */
export function findInvocationEdges(index: TemplateIndex, otherEdges: readonly Edge[]): Edge[] {
  const configured = index.resourcesOfType('AWS::Lambda::EventInvokeConfig').map((config) => ({
    config, handler: index.findFunction(config.properties.FunctionName),
  }));
  const invoked = otherEdges.filter(({ kind }) => ASYNC_INVOCATIONS.includes(kind)).map(({ target }) => index.findFunction(target));
  const handlers = new Set([...configured.map(({ handler }) => handler), ...invoked].filter((handler) => handler !== undefined));
  return [...handlers].map((handler) => invocationEdge(handler, configured.find((each) => each.handler === handler)?.config));
}

function invocationEdge({ id, properties }: IndexedResource, config?: IndexedResource): Edge {
  return {
    kind: 'invocation → function',
    definedBy: id,
    source: 'Lambda',
    target: { Ref: id },
    deadLetterQueue: {
      arn: valueAt(config?.properties, 'DestinationConfig', 'OnFailure', 'Destination') ?? properties.DeadLetterConfig?.TargetArn,
      fifo: false,
      sender: { role: properties.Role },
      fix: 'Set `onFailure` with `configureAsyncInvoke()` on the function.',
    },
  };
}
