import { Resource, Stack } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IConstruct } from 'constructs';
import { asciiName } from './ascii-name';

/** Ids in the metadata of an event have at most 128 characters. */
const asciiId = (id: string): string => asciiName(id, 128);

/**
 * The default id of an `OrderPipeline`: the name of its stack and its path in the stack. On an existing bus of the app, it is that of the
 * bus, so that single constructs on the bus have it, too.
 */
export const pipelineIdAt = (scope: IConstruct, eventSource: string, eventBus?: IEventBus): string =>
  (eventBus && Resource.isOwnedResource(eventBus) ? pipelineIdOnBus(eventBus, eventSource) : asciiId(pathOf(scope)));

/** The default id of single constructs. On an imported bus, it does not distinguish pipelines of several apps. */
export const pipelineIdOnBus = (eventBus: IEventBus, eventSource: string): string =>
  asciiId(`${Resource.isOwnedResource(eventBus) ? pathOf(eventBus) : eventBus.eventBusName}:${eventSource}`);

/** The path of a construct with the name of its stack, which is unique in an account and region. The stack of a nested stack is its parent. */
function pathOf(construct: IConstruct): string {
  return [outermostStackOf(construct).stackName, pathInStack(construct)].join('/');
}

/** The path of a construct in its outermost stack. */
export const pathInStack = (construct: IConstruct): string => construct.node.path.slice(outermostStackOf(construct).node.path.length + 1);

/** The stack of a construct; of a nested stack, the outermost parent. */
export function outermostStackOf(construct: IConstruct): Stack {
  let stack = Stack.of(construct);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  return stack;
}
