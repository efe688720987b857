import type { Edge } from './edge';
import { listOf, type Json } from './template';
import type { TemplateIndex } from './template-index';

/** Buckets that tell of their files, by themselves or by CDK's custom resource. S3 tries for long and knows no dead-letter queue. */
export const bucketEdges = (index: TemplateIndex): Edge[] => [
  ...index.ofType('AWS::S3::Bucket').flatMap(({ id, properties }) => bucketEdgesOf(id, { Ref: id }, properties.NotificationConfiguration)),
  ...index.ofType('Custom::S3BucketNotifications')
    .flatMap(({ id, properties }) => bucketEdgesOf(id, properties.BucketName, properties.NotificationConfiguration)),
];

function bucketEdgesOf(definedBy: string, source: Json, notifications: Json = {}): Edge[] {
  const { QueueConfigurations, LambdaConfigurations, LambdaFunctionConfigurations, TopicConfigurations } = notifications;
  const edges = (to: 'queue' | 'function' | 'other', configurations: Json, arnOf: (configuration: Json) => Json): Edge[] =>
    listOf(configurations).map((configuration) => ({
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
