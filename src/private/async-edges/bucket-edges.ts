import type { Edge } from './edge';
import { asList, type Json } from './template';
import type { TemplateIndex } from './template-index';

/**
 * Finds the event notifications of buckets, both in the bucket itself and in CDK's custom resource. S3 retries them itself and supports no dead-letter
 * queue.
 */
export const findBucketEdges = (index: TemplateIndex): Edge[] => [
  ...index.resourcesOfType('AWS::S3::Bucket').flatMap(({ id, properties }) => toEdges(id, { Ref: id }, properties.NotificationConfiguration)),
  ...index.resourcesOfType('Custom::S3BucketNotifications')
    .flatMap(({ id, properties }) => toEdges(id, properties.BucketName, properties.NotificationConfiguration)),
];

function toEdges(definedBy: string, source: Json, notifications: Json = {}): Edge[] {
  const { QueueConfigurations, LambdaConfigurations, LambdaFunctionConfigurations, TopicConfigurations } = notifications;
  const edges = (to: 'queue' | 'function' | 'other', configurations: Json, arnOf: (configuration: Json) => Json): Edge[] =>
    asList(configurations).map((configuration) => ({
      kind: `bucket → ${to}`,
      definedBy,
      source,
      target: arnOf(configuration),
      sender: to === 'other' ? undefined : { service: 's3.amazonaws.com', source },
    }));
  return [
    ...edges('queue', QueueConfigurations, ({ Queue, QueueArn }) => Queue ?? QueueArn),
    ...edges('function', LambdaConfigurations, ({ Function }) => Function),
    ...edges('function', LambdaFunctionConfigurations, ({ LambdaFunctionArn }) => LambdaFunctionArn),
    ...edges('other', TopicConfigurations, ({ Topic, TopicArn }) => Topic ?? TopicArn),
  ];
}
