import type { Template } from 'aws-cdk-lib/assertions';

/** One resource of a template. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is JSON
  readonly properties: Record<string, any>;
}

/** One statement of a policy, with lists where IAM takes one or many. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly service?: string;
  readonly condition?: Record<string, Record<string, unknown>>;
}

/** All resources of a template, or those of one type. */
export const resourcesOf = (template: Template, type?: string): Resource[] =>
  Object.entries(template.toJSON().Resources as Record<string, { Type: string; Properties?: Resource['properties'] }>)
    .filter(([, resource]) => type === undefined || resource.Type === type)
    .map(([id, resource]) => ({ id, type: resource.Type, properties: resource.Properties ?? {} }));

/**
 * The one resource whose construct has this id, among those of a type. The id can include the
 * parent's id where several end alike.
 *
 * @throws Error when there is none, or more than one.
 */
export function resourceOf(template: Template, type: string, constructId: string): Resource {
  const found = resourcesOf(template, type).filter(({ id }) => id.replace(/[0-9A-F]{8}$/, '').endsWith(constructId));
  if (found.length !== 1) throw new Error(`one ${type} ${constructId} expected, got ${found.map(({ id }) => id).join(', ') || 'none'}`);
  return found[0];
}

/** The logical id that a Ref or Fn::GetAtt names. */
export const idOf = (reference: { 'Ref'?: string; 'Fn::GetAtt'?: [string, string] }): string | undefined =>
  reference.Ref ?? reference['Fn::GetAtt']?.[0];

/** Formats a value with construct ids instead of logical ids: `TestBucket/incoming/*`. */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  const reference = value as { 'Ref'?: string; 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, unknown[]] };
  if (reference['Fn::Join']) return reference['Fn::Join'][1].map(readable).join(reference['Fn::Join'][0]);
  return (idOf(reference) ?? JSON.stringify(value)).replace(/[0-9A-F]{8}$/, '');
}

const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** The statements of a policy document. */
export const statementsIn = (document: { Statement: Record<string, never>[] }): Statement[] =>
  document.Statement.map(({ Effect, Action, Resource, Principal, Condition }) => ({
    effect: Effect,
    actions: listOf(Action),
    resources: listOf(Resource),
    service: (Principal as { Service?: string } | undefined)?.Service,
    condition: Condition,
  }));

/** The statements of every role, or of one handler's role. */
export const roleStatements = (template: Template, handlerId?: string): Statement[] =>
  resourcesOf(template, 'AWS::IAM::Policy')
    .filter(({ id }) => handlerId === undefined || id.includes(`${handlerId}Role`))
    .flatMap(({ properties }) => statementsIn(properties.PolicyDocument));

/** Whether a statement is about the network interfaces of a function in a VPC, which Lambda manages with the role of the function. */
export const isOfNetworkInterfaces = ({ actions }: Statement): boolean => actions.every((action) => action.startsWith('ec2:'));

/** Whether a statement is of X-Ray, which supports no permissions on single resources. */
export const isOfTracing = ({ actions }: Statement): boolean =>
  actions.every((action) => ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'].includes(action));

/** Whether a statement lets a state machine write logs. These actions of CloudWatch Logs support no resources. */
export const isOfLogDelivery = ({ actions }: Statement): boolean => actions.every((action) => /^logs:.*(LogDelivery|LogDeliveries|ResourcePolic|LogGroups)/.test(action));

/** The statements of one queue's policy. */
export const queueStatements = (template: Template, queueId: string): Statement[] =>
  resourcesOf(template, 'AWS::SQS::QueuePolicy')
    .filter(({ properties }) => properties.Queues.some((queue: { Ref: string }) => idOf(queue) === queueId))
    .flatMap(({ properties }) => statementsIn(properties.PolicyDocument));

/** The sorted actions of statements by resource. */
export function actionsByResource(statements: readonly Statement[]): Record<string, string[]> {
  const byResource: Record<string, string[]> = {};
  for (const { actions, resources } of statements) {
    for (const resource of resources.map(readable)) byResource[resource] = [...new Set([...byResource[resource] ?? [], ...actions])].sort();
  }
  return byResource;
}

/** `process-order` as a construct id: `ProcessOrder`. */
export const pascalCase = (name: string): string => name.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());
