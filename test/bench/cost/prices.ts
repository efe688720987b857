/** A list price of AWS in us-east-1, without free tier and without discounts for large volumes. */
export interface Price {
  readonly service: string;
  /** What is counted. A unit of `million` is a million of what is counted. */
  readonly unit: string;
  readonly usd: number;
  /** AWS's page with the price. */
  readonly source: string;
  /** The stored copy of a page that confirms the price, with its date; undefined where no stored page was found. */
  readonly confirmed?: { readonly page: string; readonly date: string };
}

const AWS = 'https://aws.amazon.com';
const confirmedBy = (page: string, date: string) => ({ confirmed: { page, date } });

const API_GATEWAY = { service: 'API Gateway', source: `${AWS}/api-gateway/pricing/`, ...confirmedBy('https://awsforengineers.com/blog/aws-api-gateway-pricing-explained', '2025-05-19') };
const LAMBDA = { service: 'Lambda', source: `${AWS}/lambda/pricing/`, ...confirmedBy('https://cloudchipr.com/blog/aws-lambda-pricing', '2024') };
const SQS = { service: 'SQS', source: `${AWS}/sqs/pricing/`, ...confirmedBy('https://cloudburn.io/blog/amazon-sqs-pricing', '2026-03-14') };
const EVENTBRIDGE = { service: 'EventBridge', source: `${AWS}/eventbridge/pricing/`, ...confirmedBy('https://cloudburn.io/blog/amazon-eventbridge-pricing', '2026-03-13') };
const DYNAMODB = { service: 'DynamoDB', source: `${AWS}/dynamodb/pricing/on-demand/` };
const CLOUDWATCH = { service: 'CloudWatch', source: `${AWS}/cloudwatch/pricing/` };
const S3 = { service: 'S3', source: `${AWS}/s3/pricing/` };
const KINESIS = { service: 'Kinesis', source: `${AWS}/kinesis/data-streams/pricing/` };
const KMS = { service: 'KMS', source: `${AWS}/kms/pricing/`, ...confirmedBy('https://cloudburn.io/blog/aws-kms-pricing', '2026-03-14') };

const REQUESTS = confirmedBy('https://airbyte.com/data-engineering-resources/dynamodb-pricing', '2025-07-21');
const LOGS_AND_DASHBOARDS = confirmedBy('https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/', '2026-06-13');

/** The price table: what the keys of a usage cost. */
export const PRICES = {
  restRequests: { ...API_GATEWAY, unit: 'million REST requests', usd: 3.5 },
  httpRequests: { ...API_GATEWAY, unit: 'million HTTP API requests of up to 512 KB', usd: 1 },
  transferOutGb: { ...API_GATEWAY, service: 'Data transfer', unit: 'GB to the internet', usd: 0.09 },
  lambdaRequests: { ...LAMBDA, unit: 'million invocations', usd: 0.2 },
  lambdaArmGbSeconds: { ...LAMBDA, unit: 'million GB-seconds on arm64', usd: 13.3334 },
  lambdaX86GbSeconds: { ...LAMBDA, unit: 'million GB-seconds on x86_64', usd: 16.6667 },
  sqsRequests: { ...SQS, unit: 'million requests of up to 64 KB to standard queues', usd: 0.4 },
  sqsFifoRequests: { ...SQS, unit: 'million requests of up to 64 KB to FIFO queues', usd: 0.5 },
  events: { ...EVENTBRIDGE, unit: 'million custom events of up to 64 KB', usd: 1 },
  archivedGb: { ...EVENTBRIDGE, unit: 'GB put into an archive', usd: 0.1 },
  archiveGbMonths: { ...EVENTBRIDGE, unit: 'GB in an archive for a month', usd: 0.023 },
  writeUnits: { ...DYNAMODB, ...REQUESTS, unit: 'million write request units', usd: 0.625 },
  readUnits: { ...DYNAMODB, ...REQUESTS, unit: 'million read request units', usd: 0.125 },
  tableGbMonths: { ...DYNAMODB, ...confirmedBy(`${AWS}/dynamodb/pricing/`, 'undated'), unit: 'GB in tables and indexes for a month', usd: 0.25 },
  backupGbMonths: { ...DYNAMODB, unit: 'GB with point-in-time recovery for a month', usd: 0.2 },
  logGb: { ...CLOUDWATCH, ...LOGS_AND_DASHBOARDS, unit: 'GB of logs', usd: 0.5 },
  logGbMonths: { ...CLOUDWATCH, unit: 'GB of compressed logs for a month', usd: 0.03 },
  customMetrics: { ...CLOUDWATCH, ...confirmedBy('https://signoz.io/guides/cloudwatch-pricing', '2026-02-15'), unit: 'custom metric for a month', usd: 0.3 },
  alarmMetrics: { ...CLOUDWATCH, ...confirmedBy('https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm', 'undated'), unit: 'metric of an alarm for a month', usd: 0.1 },
  compositeAlarms: { ...CLOUDWATCH, ...confirmedBy('https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm', 'undated'), unit: 'composite alarm for a month', usd: 0.5 },
  dashboards: { ...CLOUDWATCH, ...LOGS_AND_DASHBOARDS, unit: 'dashboard for a month', usd: 3 },
  s3Puts: { ...S3, ...confirmedBy('https://c3x.dev/blog/s3-request-fees-explained', 'undated'), unit: 'million PUT, COPY, POST and LIST requests', usd: 5 },
  s3Gets: { ...S3, ...confirmedBy('https://c3x.dev/blog/s3-request-fees-explained', 'undated'), unit: 'million GET and HEAD requests', usd: 0.4 },
  s3GbMonths: { ...S3, ...confirmedBy('https://cloudburn.io/blog/amazon-s3-pricing', '2026-03-13'), unit: 'GB in Standard for a month', usd: 0.023 },
  snsRequests: { service: 'SNS', source: `${AWS}/sns/pricing/`, unit: 'million published messages of up to 64 KB', usd: 0.5 },
  kinesisStreamHours: { ...KINESIS, unit: 'hour of an on-demand stream', usd: 0.04 },
  kinesisShardHours: { ...KINESIS, ...confirmedBy('https://c3x.dev/resources/aws/aws_kinesis_stream', 'undated'), unit: 'hour of a provisioned shard', usd: 0.015 },
  kmsKeys: { ...KMS, unit: 'customer managed key for a month', usd: 1 },
  kmsRequests: { ...KMS, unit: 'million requests', usd: 3 },
  secrets: {
    service: 'Secrets Manager',
    unit: 'secret for a month',
    usd: 0.4,
    source: `${AWS}/secrets-manager/pricing/`,
    ...confirmedBy('https://awsready.net/learn/aws-secrets-manager-parameter-store/', 'undated'),
  },
  stateTransitions: {
    service: 'Step Functions', unit: 'million transitions of standard workflows', usd: 25, source: `${AWS}/step-functions/pricing/`, ...confirmedBy(`${AWS}/step-functions/pricing/`, 'undated'),
  },
} as const satisfies Record<string, Price>;

export type PriceKey = keyof typeof PRICES;

/** What is priced by the million is counted one by one. */
export const usdOf = (key: PriceKey, count: number): number => {
  const { usd, unit }: Price = PRICES[key];
  return (count * usd) / (unit.startsWith('million ') ? 1e6 : 1);
};
