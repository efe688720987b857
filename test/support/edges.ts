import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { asList, referencedIds, type Json } from '../../src/private/async-edges/template';
import { validateEdges, type EdgeDescription, type EdgeValidationOptions } from '../../src/private/async-edges/validate-edges';

/** The resources of a template, which a test can change. */
export type MutableResources = Record<string, { Type: string; Properties: Json }>;

export const resourcesIn = (stack: Stack): MutableResources => Object.fromEntries(
  Object.entries<{ Type: string; Properties?: Json }>(Template.fromStack(stack).toJSON().Resources)
    .map(([id, { Type, Properties = {} }]) => [id, { Type, Properties }]),
);

/** Returns the errors of a changed copy of a template that the template itself does not have. */
export function errorsAfter(resources: MutableResources, change: (copy: MutableResources) => void, options?: EdgeValidationOptions): string[] {
  const copy = structuredClone(resources);
  change(copy);
  const before = validateEdges(resources, options).errors;
  return validateEdges(copy, options).errors.filter((error) => !before.includes(error));
}

/** The name of an edge, with which its errors begin. */
export const edgeName = ({ source, target, kind }: EdgeDescription): string => `${source} → ${target} (${kind})`;

/** Finds the logical id of a resource by its type and its name, which is the logical id without the hash. */
export function idOf(resources: MutableResources, type: string, name: string): string {
  const found = Object.keys(resources).filter((id) => resources[id].Type === type && id.replace(/[0-9A-F]{8}$/, '') === name);
  if (found.length !== 1) throw new Error(`Expected one ${type} named ${name}, found ${found.join(', ') || 'none'}.`);
  return found[0];
}

export const propertiesOf = (resources: MutableResources, type: string, name: string): Json => resources[idOf(resources, type, name)].Properties;
export const queueProperties = (resources: MutableResources, name: string): Json => propertiesOf(resources, 'AWS::SQS::Queue', name);
export const functionProperties = (resources: MutableResources, name: string): Json => propertiesOf(resources, 'AWS::Lambda::Function', name);

/** Finds the properties of the one resource of a type that refers to all the given logical ids. */
export function propertiesReferringTo(resources: MutableResources, type: string, ...ids: string[]): Json {
  const found = Object.values(resources).filter(({ Type, Properties }) => Type === type && ids.every((id) => referencedIds(Properties).includes(id)));
  if (found.length !== 1) throw new Error(`Expected one ${type} that refers to ${ids.join(' and ')}, found ${found.length}.`);
  return found[0].Properties;
}

/** Removes statements from the policies of the given types that are attached to a resource or belong to it. */
export function removeStatements(resources: MutableResources, types: readonly string[], id: string, isRemoved: (statement: Json) => boolean): void {
  for (const [own, { Type, Properties }] of Object.entries(resources)) {
    const policy = Properties?.PolicyDocument ?? Properties?.KeyPolicy;
    if (!types.includes(Type) || !(own === id || referencedIds([Properties.Queues, Properties.Roles]).includes(id))) continue;
    policy.Statement = policy.Statement.filter((statement: Json) => !isRemoved(statement));
  }
}

/** Whether a statement allows a service something. */
export const allowsService = (service: string) => ({ Principal, Effect }: Json): boolean =>
  Effect === 'Allow' && asList(Principal?.Service).includes(service);

/** Whether a statement allows sending messages to a queue. */
export const allowsSendMessage = (id: string) => ({ Action, Resource }: Json): boolean =>
  asList(Action).includes('sqs:SendMessage') && referencedIds(Resource).includes(id);
