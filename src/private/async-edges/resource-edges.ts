import { apiRoutes, isRead, type ApiRoute } from './api-routes';
import { findEdges } from './find-edges';
import type { TemplateResources } from './template';
import { TemplateIndex, type IndexedResource } from './template-index';

/** Logical IDs: the resource that sends or is read, and the resource that receives or reads. */
export type ResourceEdge = readonly [from: string, to: string];

/** The environment variables with which a function consumes, and not sends. */
const NOT_SENDS = ['DEAD_LETTER_QUEUE_URL', 'REDRIVE_ROUTES'];

/** What to draw. */
export interface ResourceEdgeOptions {
  /** The name of the variables of functions that lead to an edge; by default, all that name a resource to which messages or items are sent. */
  readonly variables?: readonly string[];
  /** The end of the edges of rules whose bus is outside the template; by default, they have none. */
  readonly bus?: string;
}

/**
 * Finds what the resources of a template send to each other: requests of APIs, deliveries of queues, streams, rules, buckets and topics, and what
 * functions send to the resources in their environment. Functions that only answer reads read.
 */
export function findResourceEdges(resources: TemplateResources, options: ResourceEdgeOptions = {}): ResourceEdge[] {
  const index = new TemplateIndex(resources);
  const routes = apiRoutes(index);
  const deliveries = deliveriesIn(index, options.bus);
  const requests = routes.filter((route) => !answersReadsOnly(route.function, routes)).map((route): ResourceEdge => [route.api, route.function]);
  return distinct([...deliveries, ...requests, ...sendsIn(index, routes, deliveries, options.variables)]);
}

function deliveriesIn(index: TemplateIndex, otherBus?: string): ResourceEdge[] {
  return findEdges(index).filter(({ kind }) => !kind.startsWith('schedule') && !kind.startsWith('invocation')).flatMap(({ source, target, definedBy, kind }) => {
    const from = kind.startsWith('rule') ? busOf(definedBy, index) ?? otherBus : index.find(source)?.id;
    const to = index.findFunction(target)?.id ?? index.find(target)?.id;
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });
}

const busOf = (ruleId: string, index: TemplateIndex): string | undefined =>
  index.find(index.find({ Ref: ruleId })!.properties.EventBusName)?.id;

function sendsIn(
  index: TemplateIndex, routes: readonly ApiRoute[], deliveries: readonly ResourceEdge[], variables?: readonly string[],
): ResourceEdge[] {
  const isDelivery = (from: string, to: string) => deliveries.some((edge) => edge[0] === from && edge[1] === to);
  return index.resourcesOfType('AWS::Lambda::Function').flatMap((handler) => targetsOf(handler, index, variables)
    .filter((target) => !isDelivery(target, handler.id) || variables !== undefined)
    .map((target): ResourceEdge => (answersReadsOnly(handler.id, routes) ? [target, handler.id] : [handler.id, target])));
}

function targetsOf({ properties }: IndexedResource, index: TemplateIndex, variables?: readonly string[]): string[] {
  const values = Object.entries(properties.Environment?.Variables ?? {}).filter(([name]) => variables?.includes(name) ?? !NOT_SENDS.includes(name));
  const sorted = variables ? variables.flatMap((variable) => values.filter(([name]) => name === variable)) : values;
  return sorted.flatMap(([, value]) => index.find(value)?.id ?? []);
}

function answersReadsOnly(functionId: string, routes: readonly ApiRoute[]): boolean {
  const own = routes.filter((route) => route.function === functionId);
  return own.length > 0 && own.every(({ methods }) => methods.every(isRead));
}

const distinct = (edges: readonly ResourceEdge[]): ResourceEdge[] => [...new Map(edges.map((edge) => [edge.join(' '), edge])).values()];
