import { Resource, Stack, Stage, Token } from 'aws-cdk-lib';
import type { CfnEventBus, IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct, IConstruct } from 'constructs';
import { assertProps } from './validate';

/** What only one construct may do with the events of a bus and source. */
export type EventRole = 'place orders' | 'validate orders' | 'store orders' | 'confirm orders' | 'change orders' | 'cancel orders' | 'fulfill orders';

/** The events of a pipeline: its bus, its source and its id. */
export interface PipelineEvents {
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  /** `metadata.pipeline` of the events that the pipeline publishes. */
  readonly pipelineId: string;
  /** Whether the id is unique, so that rules match by it. Single constructs on an imported bus have no unique id by default. */
  readonly hasUniqueId: boolean;
}

/** The pipeline with the events of one bus and source. */
interface Claim extends Pick<PipelineEvents, 'pipelineId' | 'hasUniqueId'> {
  /** The construct that claimed the events first. */
  readonly owner: IConstruct;
  readonly roles: Map<EventRole, IConstruct>;
}

/** Claims by bus and source, for the constructs that are deployed together. */
const CLAIMS = new WeakMap<IConstruct, Map<string, Claim>>();

/** Constructs that stand for the constructs in them. */
const PIPELINES = new WeakSet<IConstruct>();

/** Marks an `OrderPipeline`, which errors name instead of its parts. */
export const markPipeline = (pipeline: Construct): unknown => PIPELINES.add(pipeline);

/** The unique id of the pipeline in this app that has the events of a bus and source. */
export function pipelineIdClaimedOn(scope: IConstruct, eventBus: IEventBus, eventSource: string): string | undefined {
  const claim = claimsIn(scope).get(keyOf(eventBus, eventSource));
  return claim?.hasUniqueId ? claim.pipelineId : undefined;
}

/**
 * Claims the events of a bus and source for a pipeline.
 *
 * @throws Error when another pipeline has them, because each would consume events of the other.
 */
export function claimEvents(scope: Construct, { eventBus, eventSource, pipelineId, hasUniqueId }: PipelineEvents, roles: readonly EventRole[]): void {
  const [claims, key, owner] = [claimsIn(scope), keyOf(eventBus, eventSource), ownerOf(scope)];
  const claim = claims.get(key) ?? { pipelineId, hasUniqueId, owner, roles: new Map<EventRole, IConstruct>() };
  const other = roles.map((role) => claim.roles.get(role)).find((each) => each !== undefined && each !== scope)
    ?? (claim.pipelineId === pipelineId ? undefined : claim.owner);
  if (other) assertProps(owner as Construct, [conflict(ownerOf(other), owner, eventSource, claim.pipelineId, pipelineId)]);
  claims.set(key, claim);
  for (const role of roles) claim.roles.set(role, scope);
}

function conflict(other: IConstruct, owner: IConstruct, eventSource: string, otherId: string, id: string): string {
  const source = Token.isUnresolved(eventSource) ? 'the same `eventSource`' : `the \`eventSource\` ${eventSource}`;
  const arePipelines = PIPELINES.has(other) && PIPELINES.has(owner);
  return `uses the same \`eventBus\` and ${source} as ${other.node.path}, and each would consume events of the other; `
    + 'set another `eventSource`, or use another `eventBus`, such as a bus of its own'
    + (otherId === id || arePipelines ? '' : `; a construct of the same pipeline needs the same \`pipelineId\`, ${otherId}, got ${id}`);
}

/** Stacks of different stages are deployed to different environments. */
function claimsIn(scope: IConstruct): Map<string, Claim> {
  const stage = Stage.of(scope) ?? scope.node.root;
  const claims = CLAIMS.get(stage) ?? new Map<string, Claim>();
  CLAIMS.set(stage, claims);
  return claims;
}

/** Identifies events by the account, region and name of the bus, and the source. */
function keyOf(eventBus: IEventBus, eventSource: string): string {
  const stack = Stack.of(eventBus);
  const name = Resource.isOwnedResource(eventBus) ? (eventBus.node.defaultChild as CfnEventBus).name : eventBus.eventBusName;
  const resolved: unknown = stack.resolve(name);
  // A name that is known only at deployment belongs to its stack.
  const busName = typeof resolved === 'string' ? resolved : `${stack.node.path} ${JSON.stringify(resolved)}`;
  const environment = [eventBus.env.account, eventBus.env.region].map((value) => (Token.isUnresolved(value) ? '' : value));
  return JSON.stringify([...environment, busName, stack.resolve(eventSource)]);
}

/** The pipeline to which a construct belongs, or the construct itself. */
export const ownerOf = (scope: IConstruct): IConstruct => scope.node.scopes.find((each) => PIPELINES.has(each)) ?? scope;
