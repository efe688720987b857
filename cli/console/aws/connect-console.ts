import type { Readable } from 'node:stream';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { BatchGetCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ConsoleAws } from './console-aws';
import { jsonService, type JsonRequest } from './json-service';
import { connectMetrics } from './metrics';
import { connectQueues } from './queues';
import type { PipelineLocation } from '../../options';

/**
 * Creates the clients of the console.
 *
 * @param endpoint the local AWS; undefined with AWS itself.
 */
export function connectConsole({ region, profile }: PipelineLocation, endpoint: string | undefined): ConsoleAws {
  useInReaders({ region, profile });
  const config = { ...(region ? { region } : {}), ...(profile ? { profile } : {}) };
  const dynamoDb = new DynamoDBClient(config);
  const table = DynamoDBDocumentClient.from(dynamoDb);
  const lambda = new LambdaClient(config);
  const s3 = new S3Client({ ...config, ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }) });
  const { credentials } = dynamoDb.config;
  return {
    ...connectQueues(config),
    region: dynamoDb.config.region,
    identity: async () => (await new STSClient(config).send(new GetCallerIdentityCommand())).Arn!,
    async publish(EventBusName, { source, type, detail }) {
      const { Entries = [] } = await new EventBridgeClient(config).send(new PutEventsCommand({
        Entries: [{ EventBusName, Source: source, DetailType: type, Detail: JSON.stringify(detail) }],
      }));
      const failed = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
      if (failed) throw Object.assign(new Error(failed.ErrorMessage), { name: failed.ErrorCode, code: failed.ErrorCode });
    },
    async scan(TableName, attributes, ExclusiveStartKey) {
      const names = Object.fromEntries(attributes.map((attribute, index) => [`#a${index}`, attribute]));
      const request = new ScanCommand({ TableName, ProjectionExpression: Object.keys(names).join(', '), ExpressionAttributeNames: names, ExclusiveStartKey });
      const { Items = [], LastEvaluatedKey } = await table.send(request);
      return { items: Items, ...(LastEvaluatedKey ? { next: LastEvaluatedKey } : {}) };
    },
    async batchGet(name, Keys) {
      const { Responses } = await table.send(new BatchGetCommand({ RequestItems: { [name]: { Keys: Keys.map((key) => ({ ...key })) } } }));
      return Responses?.[name] ?? [];
    },
    streamArn: async (TableName) => (await dynamoDb.send(new DescribeTableCommand({ TableName }))).Table?.LatestStreamArn,
    streams: inRegion(async () => {
      const of = await dynamoDb.config.region();
      return jsonService({ endpoint: endpoint ?? `https://streams.dynamodb.${of}.${suffixOf(of)}`, service: 'dynamodb', region: of, target: 'DynamoDBStreams_20120810', credentials });
    }),
    ...(endpoint === undefined ? {
      metrics: connectMetrics(inRegion(async () => {
        const of = await dynamoDb.config.region();
        return jsonService({ endpoint: `https://monitoring.${of}.${suffixOf(of)}`, service: 'monitoring', region: of, target: 'GraniteServiceVersion20100801', credentials });
      })),
    } : {}),
    upload: (Bucket, Key, Body, ContentLength) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength })),
    download: async (Bucket, Key) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body as Readable,
    environment: async (FunctionName) => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).Environment?.Variables ?? {},
    setEnvironment: (FunctionName, variables) =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { ...variables } } })),
  };
}

/** The readers of the handlers have clients of their own, which take the region and the profile from the environment at their first request. */
function useInReaders({ region, profile }: PipelineLocation): void {
  if (region !== undefined) process.env.AWS_REGION = region;
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
}

/** The host names of a region end with the domain of its partition. */
const suffixOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');

/** A service whose region is known at the first request. */
function inRegion(connect: () => Promise<JsonRequest>): JsonRequest {
  let connected: Promise<JsonRequest> | undefined;
  return async (operation, input) => (await (connected ??= connect()))(operation, input);
}
