import { createHash } from 'node:crypto';
import { Resource, Stack, Token } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IConstruct } from 'constructs';

/** The maximum length of an id in the metadata of an event. */
export const MAX_PIPELINE_ID_LENGTH = 128;

/**
 * The default id of an `OrderPipeline`: the name of its stack and its path in the stack. On an existing bus of the app, it is that of the
 * bus, so that single constructs on the bus have it, too.
 */
export const pipelineIdAt = (scope: IConstruct, eventSource: string, eventBus?: IEventBus): string =>
  (eventBus && Resource.isOwnedResource(eventBus) ? pipelineIdOnBus(eventBus, eventSource) : shortened(pathOf(scope)));

/** The default id of single constructs. On an imported bus, it does not distinguish pipelines of several apps. */
export const pipelineIdOnBus = (eventBus: IEventBus, eventSource: string): string =>
  shortened(`${Resource.isOwnedResource(eventBus) ? pathOf(eventBus) : eventBus.eventBusName}:${eventSource}`);

/** The path of a construct with the name of its stack, which is unique in an account and region. The stack of a nested stack is its parent. */
function pathOf(construct: IConstruct): string {
  const stack = outermostStackOf(construct);
  return [stack.stackName, construct.node.path.slice(stack.node.path.length + 1)].join('/');
}

function outermostStackOf(construct: IConstruct): Stack {
  let stack = Stack.of(construct);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  return stack;
}

/** An id that is too long, or that has other characters than an id of an event, ends with a hash. */
function shortened(id: string): string {
  if (Token.isUnresolved(id) || /^[\x21-\x7E]{1,128}$/.test(id)) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${id.replace(/[^\x21-\x7E]/g, '-').slice(0, MAX_PIPELINE_ID_LENGTH - hash.length - 1)}-${hash}`;
}
