import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ResourceReader } from './resource-reader';
import type { TemplateResource } from './template';

/** The types of which a proof has to know more than that they are there. */
const TYPES = new Set([
  'AWS::CloudWatch::Alarm', 'AWS::Events::Rule', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::KMS::Alias', 'AWS::KMS::Key',
  'AWS::Lambda::Alias', 'AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Function', 'AWS::Lambda::Permission',
  'AWS::Lambda::Version', 'AWS::S3::Bucket', 'AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SQS::QueueInlinePolicy',
  'AWS::SQS::QueuePolicy', 'Custom::S3BucketNotifications',
]);

/** What of an app a proof looks at. */
export interface CollectedResources {
  readonly resources: Record<string, TemplateResource>;
  /** The ids of those that are under the scope itself. */
  readonly within: ReadonlySet<string>;
}

/**
 * Reads the resources of a scope as they will stand in templates, with those next to them: policies are beside what they are for, in the
 * same stack; alarms may be anywhere.
 */
export function collectResources(scope: IConstruct): CollectedResources {
  const reader = new ResourceReader(Stack.of(scope));
  const own = resourcesUnder(scope);
  const collected = new Map(own.map((resource) => [resource, read(resource, reader)]));
  const stacks = new Set([Stack.of(scope), ...own.map(({ stack }) => stack), ...reader.stacks]);
  const others = resourcesUnder(Stage.of(scope) ?? scope.node.root)
    .filter((resource) => !collected.has(resource) && (stacks.has(resource.stack) || resource.cfnResourceType === 'AWS::CloudWatch::Alarm'));
  for (const resource of others) collected.set(resource, read(resource, reader));
  const resources = [...collected].flatMap(([resource, content]) => (content ? [[reader.idOf(resource), content]] : []));
  return { resources: Object.fromEntries(resources), within: new Set(own.map((resource) => reader.idOf(resource))) };
}

const resourcesUnder = (scope: IConstruct): CfnResource[] => scope.node.findAll().filter((construct) => CfnResource.isCfnResource(construct));

function read(resource: CfnResource, reader: ResourceReader): TemplateResource | undefined {
  const Metadata = { 'aws:cdk:path': resource.node.path };
  if (!TYPES.has(resource.cfnResourceType)) return { Type: resource.cfnResourceType, Metadata };
  const content = reader.read(resource);
  return content && { ...content, Metadata };
}
