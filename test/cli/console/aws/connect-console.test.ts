import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ChangeMessageVisibilityBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { BatchGetCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { connectConsole } from '../../../../cli/console/aws/connect-console';
import { jsonService } from '../../../../cli/console/aws/json-service';

const [sqs, s3, sts] = [mockClient(SQSClient), mockClient(S3Client), mockClient(STSClient)];
const [lambda, bus] = [mockClient(LambdaClient), mockClient(EventBridgeClient)];
const [dynamoDb, document] = [mockClient(DynamoDBClient), mockClient(DynamoDBDocumentClient)];
beforeEach(() => [sqs, s3, sts, lambda, bus, dynamoDb, document].forEach((client) => client.reset()));

const { AWS_REGION } = process.env;
afterAll(() => {
  if (AWS_REGION === undefined) delete process.env.AWS_REGION;
  else process.env.AWS_REGION = AWS_REGION;
});
const aws = connectConsole({ region: 'eu-central-1' }, 'http://127.0.0.1:1');

test('the readers of the handlers use the same region', async () => {
  expect([await aws.region(), process.env.AWS_REGION]).toEqual(['eu-central-1', 'eu-central-1']);
});

test('counts the messages of a queue', async () => {
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '3', ApproximateNumberOfMessagesNotVisible: '2' } });
  expect(await aws.queueStatus('url')).toEqual({ visible: 3, inFlight: 2, delayed: 0 });
});

test('receives, releases and sends messages', async () => {
  sqs.on(ReceiveMessageCommand).resolves({ Messages: [{ MessageId: '1', ReceiptHandle: 'h', Body: 'x' }] });
  expect(await aws.deadLetterQueues.receive('url', 30)).toMatchObject([{ id: '1', receiptHandle: 'h', body: 'x' }]);
  await aws.deadLetterQueues.release('url', Array.from({ length: 11 }, (_, index) => `h${index}`));
  expect(sqs.commandCalls(ChangeMessageVisibilityBatchCommand).map(({ args: [{ input }] }) => input.Entries!.length)).toEqual([10, 1]);
  expect(sqs.commandCalls(ChangeMessageVisibilityBatchCommand)[0].args[0].input.Entries![0]).toEqual({ Id: '0', ReceiptHandle: 'h0', VisibilityTimeout: 0 });
  await aws.sendMessage('url', { body: 'b', group: 'g', deduplicationId: 'd' });
  expect(sqs.commandCalls(SendMessageCommand)[0].args[0].input).toEqual({ QueueUrl: 'url', MessageBody: 'b', MessageGroupId: 'g', MessageDeduplicationId: 'd' });
});

test('reads tables', async () => {
  document.on(ScanCommand).resolves({ Items: [{ orderId: '1' }], LastEvaluatedKey: { orderId: '1' } });
  expect(await aws.scan('history', ['orderId', 'data'])).toEqual({ items: [{ orderId: '1' }], next: { orderId: '1' } });
  expect(document.commandCalls(ScanCommand)[0].args[0].input).toMatchObject({ ProjectionExpression: '#a0, #a1', ExpressionAttributeNames: { '#a0': 'orderId', '#a1': 'data' } });
  document.on(BatchGetCommand).resolves({ Responses: { orders: [{ orderId: '1' }] } });
  expect(await aws.batchGet('orders', [{ orderId: '1' }])).toEqual([{ orderId: '1' }]);
  dynamoDb.on(DescribeTableCommand).resolves({ Table: { LatestStreamArn: 'arn' } });
  expect(await aws.streamArn('history')).toBe('arn');
});

test('identifies the operator, and changes the environment of a function', async () => {
  sts.on(GetCallerIdentityCommand).resolves({ Arn: 'arn:bob' });
  expect(await aws.identity()).toBe('arn:bob');
  lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: { A: '1' } } });
  expect(await aws.environment('f')).toEqual({ A: '1' });
  await aws.setEnvironment('f', { A: '2' });
  expect(lambda.commandCalls(UpdateFunctionConfigurationCommand)[0].args[0].input).toEqual({ FunctionName: 'f', Environment: { Variables: { A: '2' } } });
});

test('uploads and downloads', async () => {
  await aws.upload('b', 'incoming/a', Readable.from(['x']), 1);
  expect(s3.commandCalls(PutObjectCommand)[0].args[0].input).toMatchObject({ Bucket: 'b', Key: 'incoming/a', ContentLength: 1 });
  s3.on(GetObjectCommand).resolves({ Body: Readable.from(['report']) as never });
  expect(await text(await aws.download('b', 'reports/a'))).toBe('report');
});

test('publishes an event, and fails when the bus does not accept it', async () => {
  bus.on(PutEventsCommand).resolvesOnce({ Entries: [{ EventId: '1' }] }).resolves({ Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'try again' }] });
  await aws.publish('bus', { source: 'orders', type: 'T', detail: { a: 1 } });
  expect(bus.commandCalls(PutEventsCommand)[0].args[0].input.Entries).toEqual([{ EventBusName: 'bus', Source: 'orders', DetailType: 'T', Detail: '{"a":1}' }]);
  await expect(aws.publish('bus', { source: 'orders', type: 'T', detail: {} })).rejects.toMatchObject({ name: 'InternalFailure', message: 'try again' });
});

test('only a local AWS has no metrics', () => {
  expect(aws.metrics).toBeUndefined();
  expect(connectConsole({ region: 'eu-central-1' }, undefined).metrics).toBeDefined();
});

test('a JSON service gets signed requests, and its errors have their names', async () => {
  const received: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  const server = createServer((request, response) => void text(request).then((body) => {
    received.push({ headers: request.headers, body });
    if (body.includes('fail')) response.writeHead(400).end('{"__type":"com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException","message":"too old"}');
    else if (body.includes('html')) response.writeHead(502).end('<html>');
    else response.end('{"ShardIterator":"next"}');
  }));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' });
  const request = jsonService({ endpoint, service: 'dynamodb', region: 'eu-central-1', target: 'DynamoDBStreams_20120810', credentials });
  expect(await request('GetShardIterator', { ShardId: 's' })).toEqual({ ShardIterator: 'next' });
  expect(received[0]).toMatchObject({
    body: '{"ShardId":"s"}',
    headers: { 'x-amz-target': 'DynamoDBStreams_20120810.GetShardIterator', 'content-type': 'application/x-amz-json-1.0', 'authorization': expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d+\/eu-central-1\/dynamodb\/aws4_request/) },
  });
  await expect(request('GetRecords', { fail: true })).rejects.toMatchObject({ name: 'TrimmedDataAccessException', message: 'too old' });
  await expect(request('GetRecords', { html: true })).rejects.toMatchObject({ name: 'UnknownError', message: 'GetRecords was answered 502' });
  server.close();
});
