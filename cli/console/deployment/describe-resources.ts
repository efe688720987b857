import { consoleUrl } from './console-urls';
import type { LoadedStack } from './loaded-stack';
import type { RedriveRoute } from '../../../handlers/shared/redrive/redrive-routes';
import { DRAWN_TYPES, logicalIdIn, type ConsoleMetadata } from '../../../src/private/contract';
import type { PipelineResource } from '../console-api';

type DrawnType = keyof typeof DRAWN_TYPES;

/** A resource before its dead-letter queue is known. */
type OwnResource = Omit<PipelineResource, 'deadLetterQueue'>;

/** Describes the resources of a pipeline. One that is not deployed, such as by a condition, is left out. */
export function describeResources(
  metadata: ConsoleMetadata, stack: LoadedStack, routes: readonly RedriveRoute[], isLocal: boolean,
): PipelineResource[] {
  const own = Object.entries(metadata.parts).flatMap(([part, described]) => Object.keys(described.ids).flatMap((name) =>
    describeResource(logicalIdIn(described, name), name, part, stack, isLocal)));
  const all = metadata.bus === undefined ? own : [...own, externalBus(metadata.bus, stack, isLocal)];
  return all.map((resource) => withDeadLetterQueue(resource, all, routes));
}

function describeResource(id: string, name: string, part: string, stack: LoadedStack, isLocal: boolean): OwnResource[] {
  const [physicalId, type] = [stack.physicalId(id), stack.resources[id]?.Type as DrawnType];
  if (physicalId === undefined || !(type in DRAWN_TYPES)) return [];
  const kind = DRAWN_TYPES[type];
  const url = isLocal ? undefined : consoleUrl(kind, physicalId, type, stack.location);
  return [{ id, kind, label: labelOf(name, kind, type), part, physicalId, ...(url === undefined ? {} : { url }) }];
}

/** The ID of a bus that another stack has. */
export const EXTERNAL_BUS = 'bus';

function externalBus(physicalId: string, { location }: LoadedStack, isLocal: boolean): OwnResource {
  const url = isLocal ? undefined : consoleUrl('BUS', physicalId, 'AWS::Events::EventBus', location);
  return { id: EXTERNAL_BUS, kind: 'BUS', label: 'event bus', part: 'Events', physicalId, ...(url === undefined ? {} : { url }) };
}

/** `validate-order` for a function, `REST API` for an API, and `orders queue` for anything else. */
export function labelOf(name: string, kind: PipelineResource['kind'], type: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  if (kind === 'FUNCTION') return words.replaceAll(' ', '-');
  if (words === 'bus') return 'event bus';
  if (kind === 'API') return apiLabelOf(words, type);
  return words.replace('dead letter', 'dead-letter');
}

function apiLabelOf(words: string, type: string): string {
  if (type === 'AWS::ApiGatewayV2::Api') return words.includes('socket') ? 'WebSocket API' : 'HTTP API';
  return type === 'AWS::AppSync::GraphQLApi' ? 'GraphQL API' : 'REST API';
}

function withDeadLetterQueue(resource: OwnResource, all: readonly OwnResource[], routes: readonly RedriveRoute[]): PipelineResource {
  const route = routes.find(({ queueUrl, functionName }) => (resource.kind === 'QUEUE' && queueUrl !== undefined && isQueue(resource, queueUrl))
    || (resource.kind === 'FUNCTION' && functionName === resource.physicalId));
  const queue = route && all.find((each) => isQueue(each, route.deadLetterQueueUrl));
  if (!route || !queue) return resource;
  return { ...resource, deadLetterQueue: { id: queue.id, name: route.name, redrivable: route.notRedrivable === undefined } };
}

/** Whether a resource is the queue at a URL. A local AWS has the same queue at several hosts. */
export const isQueue = ({ kind, physicalId }: Pick<PipelineResource, 'kind' | 'physicalId'>, url: string): boolean =>
  kind === 'QUEUE' && physicalId.split('/').slice(-2).join('/') === url.split('/').slice(-2).join('/');
