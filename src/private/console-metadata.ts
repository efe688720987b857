import { CfnResource, Lazy, Resource, Stack, Token } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct, IConstruct } from 'constructs';
import { consoleMetadataKey, DRAWN_TYPES, type ConsoleMetadata, type PartMetadata } from './contract';
import { outermostStackOf } from './pipeline-id';

/** A pipeline, of which more parts can be added until synthesis. */
interface DescribedPipeline extends Construct {
  readonly pipelineId: string;
  readonly events: { readonly eventBus: IEventBus };
  readonly parts: readonly Construct[];
}

/** Adds to the template what the console needs to know of a pipeline: which resources belong to which part. It reads the rest from the template. */
export function addConsoleMetadata(pipeline: DescribedPipeline, name: string): void {
  outermostStackOf(pipeline).addMetadata(consoleMetadataKey(name), Lazy.any({ produce: () => metadataOf(pipeline) }));
}

function metadataOf(pipeline: DescribedPipeline): ConsoleMetadata {
  const { pipelineId: id, parts, events: { eventBus } } = pipeline;
  const nested = nestedStacksOf(Stack.of(pipeline));
  const described = parts.map((part) => [pathIn(pipeline, part).join('/'), describeResources(part)] as const);
  return {
    id,
    ...(nested.length > 0 ? { nested } : {}),
    ...(Resource.isOwnedResource(eventBus) || Token.isUnresolved(eventBus.eventBusName) ? {} : { bus: eventBus.eventBusName }),
    parts: Object.fromEntries(described.filter(([, { ids }]) => Object.keys(ids).length > 0)),
  };
}

/** The logical IDs of the resources that are the nested stacks, the outermost one first. */
const nestedStacksOf = (stack: Stack): string[] => (stack.nestedStackResource
  ? [...nestedStacksOf(stack.nestedStackParent!), logicalIdOf(stack.nestedStackResource as CfnResource)]
  : []);

const logicalIdOf = (resource: CfnResource): string => Stack.of(resource).resolve(resource.logicalId) as string;

const pathIn = (scope: IConstruct, construct: IConstruct): string[] => construct.node.path.slice(scope.node.path.length + 1).split('/');

function describeResources(part: Construct): PartMetadata {
  const resources = part.node.findAll().filter((each): each is CfnResource => CfnResource.isCfnResource(each) && each.cfnResourceType in DRAWN_TYPES);
  const path = pathIn(Stack.of(part), part).join('');
  const prefix = path.replace(/[^A-Za-z0-9]/g, '');
  return {
    prefix,
    ids: Object.fromEntries(resources.map((resource) => {
      const name = pathIn(part, resource).filter((step) => step !== 'Resource' && step !== 'Default').join('').replace(/[^A-Za-z0-9]/g, '');
      const id = logicalIdOf(resource);
      const hash = id.slice(-8);
      return [name, id === `${prefix}${name}${hash}` ? hash : id];
    })),
  };
}
