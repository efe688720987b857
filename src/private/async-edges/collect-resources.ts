import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ResourceReader } from './resource-reader';
import type { TemplateResource } from './template';

/** The resource types whose properties the edge proof reads. Of all others it needs only the type and the path. */
const TYPES = new Set([
  'AWS::CloudWatch::Alarm', 'AWS::Events::Rule', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::KMS::Alias', 'AWS::KMS::Key',
  'AWS::Lambda::Alias', 'AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Function', 'AWS::Lambda::Permission',
  'AWS::Lambda::Version', 'AWS::S3::Bucket', 'AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SQS::QueueInlinePolicy',
  'AWS::SQS::QueuePolicy', 'Custom::S3BucketNotifications',
]);

/** The resources that the edge proof of a scope needs. */
export interface CollectedResources {
  readonly resources: Record<string, TemplateResource>;
  /** The logical ids of the resources under the scope. The other resources only help to resolve references. */
  readonly idsInScope: ReadonlySet<string>;
}

/**
 * Reads the resources of a scope as they will appear in the template. It includes the resources of the stacks that the scope uses, because a policy
 * is in the stack of its queue or role, and the alarms of every stack.
 */
export function collectResources(scope: IConstruct): CollectedResources {
  const reader = new ResourceReader(Stack.of(scope));
  const inScope = resourcesUnder(scope);
  const collected = new Map(inScope.map((resource) => [resource, read(resource, reader)]));
  const stacks = new Set([Stack.of(scope), ...inScope.map(({ stack }) => stack), ...reader.stacks]);
  const others = resourcesUnder(Stage.of(scope) ?? scope.node.root)
    .filter((resource) => !collected.has(resource) && (stacks.has(resource.stack) || resource.cfnResourceType === 'AWS::CloudWatch::Alarm'));
  for (const resource of others) collected.set(resource, read(resource, reader));
  const resources = [...collected].flatMap(([resource, content]) => (content ? [[reader.idOf(resource), content]] : []));
  return { resources: Object.fromEntries(resources), idsInScope: new Set(inScope.map((resource) => reader.idOf(resource))) };
}

const resourcesUnder = (scope: IConstruct): CfnResource[] => scope.node.findAll().filter((construct) => CfnResource.isCfnResource(construct));

function read(resource: CfnResource, reader: ResourceReader): TemplateResource | undefined {
  const Metadata = { 'aws:cdk:path': resource.node.path };
  if (!TYPES.has(resource.cfnResourceType)) return { Type: resource.cfnResourceType, Metadata };
  const content = reader.read(resource);
  return content && { ...content, Metadata };
}
