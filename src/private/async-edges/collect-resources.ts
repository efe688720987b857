import { Stack, Stage, type CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ResourceReader } from './resource-reader';
import { resourcesUnder, StageResources } from './stage-resources';
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
 * is in the stack of its queue or role, and the alarms of every stack on any of them.
 */
export function collectResources(scope: IConstruct, stage = new StageResources(Stage.of(scope) ?? scope.node.root)): CollectedResources {
  const reader = stage.readerOf(Stack.of(scope));
  const inScope = resourcesUnder(scope);
  const used = inScope.filter(isRead).flatMap((resource) => [...reader.read(resource).references].map(({ stack }) => stack));
  const stacks = new Set([Stack.of(scope), ...inScope.map(({ stack }) => stack), ...used]);
  const known = [...inScope, ...[...stacks].flatMap((stack) => stage.resourcesIn(stack))];
  const collected = new Set([...known, ...known.flatMap((resource) => stage.alarmsOn(resource))]);
  return {
    resources: Object.fromEntries([...collected].flatMap((resource) => {
      const content = contentOf(resource, reader);
      return content ? [[reader.idOf(resource), content]] : [];
    })),
    idsInScope: new Set(inScope.map((resource) => reader.idOf(resource))),
  };
}

const isRead = ({ cfnResourceType }: CfnResource): boolean => TYPES.has(cfnResourceType);

function contentOf(resource: CfnResource, reader: ResourceReader): TemplateResource | undefined {
  const Metadata = { 'aws:cdk:path': resource.node.path };
  if (!isRead(resource)) return { Type: resource.cfnResourceType, Metadata };
  const { content } = reader.read(resource);
  return content && { ...content, Metadata };
}
