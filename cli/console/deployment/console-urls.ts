import type { StackLocation } from './loaded-stack';
import type { ResourceKind } from '../console-api';

/** The domains of the AWS Management Console. The consoles of other partitions are not public. */
const DOMAINS: Readonly<Record<string, string>> = { 'aws': 'console.aws.amazon.com', 'aws-cn': 'console.amazonaws.cn', 'aws-us-gov': 'console.amazonaws-us-gov.com' };

/** The path of the page of a resource, after the region. */
const PAGES: Readonly<Record<ResourceKind, (id: string, type: string) => readonly [service: string, fragment: string]>> = {
  QUEUE: (url) => ['sqs/v3', `/queues/${encodeURIComponent(url)}`],
  FUNCTION: (name) => ['lambda', `/functions/${name}`],
  TABLE: (name) => ['dynamodbv2', `table?name=${name}`],
  BUCKET: (name) => ['s3', `/buckets/${name}`],
  BUS: (name) => ['events', `/eventbus/${name}`],
  TOPIC: (arn) => ['sns/v3', `/topic/${arn}`],
  STREAM: (name, type) => (type === 'AWS::Kinesis::Stream' ? ['kinesis', `/streams/details/${name}/monitoring`] : ['firehose', `/details/${name}`]),
  STATE_MACHINE: (arn) => ['states', `/statemachines/view/${arn}`],
  API: (id, type) => (type === 'AWS::AppSync::GraphQLApi' ? ['appsync', `/${id.split('/').at(-1)!}/v1/home`] : ['apigateway', `/apis/${id}`]),
};

/** The URL of a resource in the AWS Management Console; undefined in partitions whose console is not public. */
export function consoleUrl(kind: ResourceKind, physicalId: string, type: string, { region, partition }: StackLocation): string | undefined {
  const domain = DOMAINS[partition];
  if (domain === undefined) return undefined;
  const [service, fragment] = PAGES[kind](physicalId, type);
  if (kind === 'BUCKET') return `https://${domain}/s3${fragment}`;
  return `https://${domain}/${service}/home?region=${region}#${fragment}`;
}
