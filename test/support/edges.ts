import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { proveEdges, type AsyncEdge, type ProofOptions } from '../../src/private/async-edges/prove-edges';
import { idsIn, listOf, type Json } from '../../src/private/async-edges/template';

/** The resources of a template, which can be tampered with. */
export type Tampered = Record<string, { Type: string; Properties: Json }>;

export const resourcesIn = (stack: Stack): Tampered => Object.fromEntries(
  Object.entries<{ Type: string; Properties?: Json }>(Template.fromStack(stack).toJSON().Resources)
    .map(([id, { Type, Properties = {} }]) => [id, { Type, Properties }]),
);

/** What is wrong with a template after somebody tampered with it, and nothing of what was wrong before. */
export function faultsAfter(resources: Tampered, tamper: (copy: Tampered) => void, options?: ProofOptions): string[] {
  const copy = structuredClone(resources);
  tamper(copy);
  const before = proveEdges(resources, options).faults;
  return proveEdges(copy, options).faults.filter((fault) => !before.includes(fault));
}

/** An edge as a fault begins. */
export const nameOf = ({ source, target, kind }: AsyncEdge): string => `${source} → ${target} (${kind})`;

/** The logical id of the one resource of a type that people call so. */
export function idNamed(resources: Tampered, type: string, name: string): string {
  const found = Object.keys(resources).filter((id) => resources[id].Type === type && id.replace(/[0-9A-F]{8}$/, '') === name);
  if (found.length !== 1) throw new Error(`one ${type} ${name} expected, got ${found.join(', ') || 'none'}`);
  return found[0];
}

export const propertiesNamed = (resources: Tampered, type: string, name: string): Json => resources[idNamed(resources, type, name)].Properties;
export const queueNamed = (resources: Tampered, name: string): Json => propertiesNamed(resources, 'AWS::SQS::Queue', name);
export const functionNamed = (resources: Tampered, name: string): Json => propertiesNamed(resources, 'AWS::Lambda::Function', name);

/** The properties of the one resource of a type that names two others. */
export function between(resources: Tampered, type: string, ...ids: string[]): Json {
  const found = Object.values(resources).filter(({ Type, Properties }) => Type === type && ids.every((id) => idsIn(Properties).includes(id)));
  if (found.length !== 1) throw new Error(`one ${type} of ${ids.join(' and ')} expected, got ${found.length}`);
  return found[0].Properties;
}

/** Takes statements out of every policy of the given types that names a resource or is its own. */
export function dropStatements(resources: Tampered, types: readonly string[], id: string, isDropped: (statement: Json) => boolean): void {
  for (const [own, { Type, Properties }] of Object.entries(resources)) {
    const policy = Properties?.PolicyDocument ?? Properties?.KeyPolicy;
    if (!types.includes(Type) || !(own === id || idsIn([Properties.Queues, Properties.Roles]).includes(id))) continue;
    policy.Statement = policy.Statement.filter((statement: Json) => !isDropped(statement));
  }
}

/** Whether a statement is for a service. */
export const isFor = (service: string) => ({ Principal, Effect }: Json): boolean => Effect === 'Allow' && listOf(Principal?.Service).includes(service);

/** Whether a statement lets somebody send to a queue. */
export const letsSendTo = (id: string) => ({ Action, Resource }: Json): boolean =>
  listOf(Action).includes('sqs:SendMessage') && idsIn(Resource).includes(id);
