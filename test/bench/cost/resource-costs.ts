import { PRICES, type PriceKey } from './prices';
import type { Usage } from './usage';
import type { TemplateResource } from '../../simulation/template-resources';

/** How a type of resource is billed. */
export type ResourceCost =
  /** AWS does not charge for it. */
  | { readonly free: string }
  /** Its use is measured, order by order. */
  | { readonly measured: string }
  /** It costs by the month, used or not. */
  | { readonly monthly: Monthly }
  /** It costs something that is neither measured nor in the price table; with `monthly`, besides what it costs by the month. */
  | { readonly notPriced: string; readonly monthly?: Monthly };

type Monthly = (properties: Properties, resources: Resources) => Usage;
type Resources = Readonly<Record<string, TemplateResource>>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template is JSON
type Properties = Readonly<Record<string, any>>;

const HOURS = 730;
const SECONDS = HOURS * 3600;
/** Lambda keeps so many pollers at each queue, and each waits for 20 seconds. */
const POLLERS = 5;
const POLL_SECONDS = 20;
const POLLS = (POLLERS * SECONDS) / POLL_SECONDS;

/** What is in the price table, but how much of it is used is not measured. */
const notMeasured = (what: string, ...keys: readonly PriceKey[]) => ({
  notPriced: `${what}${keys.map((key) => `; ${PRICES[key].usd} USD for a ${PRICES[key].unit}`).join('')}`,
});

const settings = { free: 'settings of an API' };
const permissions = { free: 'permissions' };
const partOf = (what: string) => ({ free: `billed as the use of ${what}` });

/** All types of resources in the templates of pipelines. */
export const RESOURCE_COSTS: Readonly<Record<string, ResourceCost>> = {
  'AWS::ApiGateway::RestApi': { measured: 'requests' },
  'AWS::ApiGateway::Account': settings,
  'AWS::ApiGateway::ApiKey': settings,
  'AWS::ApiGateway::Authorizer': settings,
  'AWS::ApiGateway::Deployment': settings,
  'AWS::ApiGateway::DomainName': settings,
  'AWS::ApiGateway::BasePathMapping': settings,
  'AWS::ApiGateway::GatewayResponse': settings,
  'AWS::ApiGateway::Method': settings,
  'AWS::ApiGateway::Resource': settings,
  'AWS::ApiGateway::Stage': { measured: 'access logs' },
  'AWS::ApiGateway::UsagePlan': settings,
  'AWS::ApiGateway::UsagePlanKey': settings,
  'AWS::ApiGatewayV2::Api': { measured: 'requests' },
  'AWS::ApiGatewayV2::ApiMapping': settings,
  'AWS::ApiGatewayV2::Authorizer': settings,
  'AWS::ApiGatewayV2::DomainName': settings,
  'AWS::ApiGatewayV2::Integration': settings,
  'AWS::ApiGatewayV2::Route': settings,
  'AWS::ApiGatewayV2::Stage': { measured: 'access logs' },
  'AWS::AppSync::GraphQLApi': notMeasured('queries, mutations and subscriptions'),
  'AWS::AppSync::DataSource': settings,
  'AWS::AppSync::GraphQLSchema': settings,
  'AWS::AppSync::Resolver': settings,
  'AWS::Athena::NamedQuery': { free: 'billed by the bytes that a query reads' },
  'AWS::Athena::WorkGroup': { free: 'billed by the bytes that a query reads' },
  'AWS::CDK::Metadata': { free: 'metadata' },
  'AWS::CloudFormation::Stack': { free: 'its resources are billed; give its template to the tool, too' },
  'AWS::CloudWatch::Alarm': { monthly: ({ Metrics = [] }) => ({ alarmMetrics: Math.max(1, Metrics.filter(({ MetricStat }: Properties) => MetricStat).length) }) },
  'AWS::CloudWatch::CompositeAlarm': { monthly: () => ({ compositeAlarms: 1 }) },
  'AWS::CloudWatch::Dashboard': { monthly: () => ({ dashboards: 1 }) },
  'AWS::DynamoDB::GlobalTable': { measured: 'reads, writes, storage and point-in-time recovery' },
  'AWS::Events::Archive': { measured: 'bytes and storage' },
  'AWS::Events::EventBus': { measured: 'events' },
  'AWS::Events::Rule': { monthly: ({ ScheduleExpression, State }) => (ScheduleExpression && State !== 'DISABLED' ? { lambdaRequests: invocationsOf(ScheduleExpression) } : {}) },
  'AWS::Glue::Database': { free: 'the first million objects of the catalog' },
  'AWS::Glue::Table': { free: 'the first million objects of the catalog' },
  'AWS::IAM::ManagedPolicy': permissions,
  'AWS::IAM::Policy': permissions,
  'AWS::IAM::Role': permissions,
  'AWS::KMS::Key': { monthly: () => ({ kmsKeys: 1 }), ...notMeasured('requests to the key', 'kmsRequests') },
  'AWS::KMS::Alias': { free: 'a name of a key' },
  'AWS::Kinesis::Stream': {
    monthly: ({ ShardCount }) => (ShardCount ? { kinesisShardHours: ShardCount * HOURS } : { kinesisStreamHours: HOURS }), ...notMeasured('bytes in and out of the stream'),
  },
  'AWS::KinesisFirehose::DeliveryStream': notMeasured('delivered bytes'),
  'AWS::Lambda::EventInvokeConfig': partOf('functions'),
  'AWS::Lambda::EventSourceMapping': { monthly: ({ EventSourceArn }, resources) => pollsOf(EventSourceArn, resources) },
  'AWS::Lambda::Function': { measured: 'invocations and duration' },
  'AWS::Lambda::LayerVersion': partOf('functions'),
  'AWS::Lambda::Permission': permissions,
  'AWS::Logs::LogGroup': { measured: 'bytes and storage' },
  'AWS::Logs::LogStream': partOf('log groups'),
  'AWS::Route53::RecordSet': { free: 'billed with the zone; queries of aliases are free' },
  'AWS::S3::Bucket': { measured: 'requests and storage' },
  'AWS::S3::BucketPolicy': permissions,
  'AWS::SNS::Subscription': { free: 'messages to queues and functions; email costs 2 USD for 100,000' },
  'AWS::SNS::Topic': { measured: 'messages' },
  'AWS::SNS::TopicPolicy': permissions,
  'AWS::SQS::Queue': { measured: 'requests' },
  'AWS::SQS::QueuePolicy': permissions,
  'AWS::SSM::Parameter': { free: 'standard parameters' },
  'AWS::Scheduler::ScheduleGroup': { free: 'billed by the invocation of a schedule' },
  'AWS::SecretsManager::Secret': { monthly: () => ({ secrets: 1 }), ...notMeasured('requests for the secret') },
  'AWS::StepFunctions::StateMachine': notMeasured('transitions of workflows', 'stateTransitions'),
  'AWS::WAFv2::WebACLAssociation': { free: 'the web ACL is billed with its owner' },
};

/** Empty receives of a queue without messages. Queues of other stacks count as standard queues; streams are read without charge. */
function pollsOf(arn: unknown, resources: Resources): Usage {
  const { 'Fn::GetAtt': [id] = [] } = (arn ?? {}) as { readonly 'Fn::GetAtt'?: readonly string[] };
  const queue = id === undefined ? undefined : resources[id];
  if (queue ? queue.Type !== 'AWS::SQS::Queue' : !JSON.stringify(arn).includes('sqs')) return {};
  return { [queue?.Properties?.FifoQueue ? 'sqsFifoRequests' : 'sqsRequests']: POLLS };
}

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** How often a schedule invokes its target in a month. Other schedules than rates are daily at most, as far as the tool knows. */
function invocationsOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [, '1', 'day'];
  return (HOURS * 60) / (Number(count) * MINUTES[unit]);
}
