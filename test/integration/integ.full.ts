import { ExpectedResult, IntegTest, InvocationType, Match, type IApiCall } from '@aws-cdk/integ-tests-alpha';
import { App, Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FullOrdersStack } from '../../examples/full/full-orders-stack';

/** Deploys `examples/full` to an AWS account, sends orders through it, and deletes it again. See docs/integration-tests.md for the commands and the cost. */
// Without what would put paths of this machine, and every construct, into the snapshot.
const app = new App({ treeMetadata: false, analyticsReporting: false, context: { 'aws:cdk:disable-creation-stack-traces': true } });
const stack = new FullOrdersStack(app, 'OrderPipelineIntegration', { local: false, disposable: true, core: true });
const { orders } = stack;
const { assertions } = new IntegTest(app, 'FullExample', { testCases: [stack], cdkCommandOptions: { destroy: { args: { force: true } } } });

const order = (orderId: string) => ({ orderId, customerId: 'customer-1', currency: 'EUR', items: [{ sku: 'coffee-1kg', quantity: 2, unitPrice: 1890 }] });

// The assertions have a function of their own, which needs permission for each call.
const keyId = orders.ingest.apiKey!.keyId;
const apiKey = assertions.awsApiCall('api-gateway', 'GetApiKey', { apiKey: keyId, includeValue: true });
apiKey.provider.addToRolePolicy(new PolicyStatement({
  actions: ['apigateway:GET'], resources: [stack.formatArn({ service: 'apigateway', account: '', resource: '/apikeys', resourceName: keyId })],
}).toStatementJson());
const headers = { 'x-api-key': apiKey.getAttString('value'), 'Content-Type': 'application/json' };

const request = (method: string, path: string, body: object): IApiCall =>
  assertions.httpApiCall(orders.ingest.restApi!.urlForPath(path), { method, headers, body: JSON.stringify(body) })
    .expect(ExpectedResult.objectLike({ status: 202 }));

/** Repeats a GET request until its response is as expected. */
const expectAt = (path: string, body: object): IApiCall =>
  assertions.httpApiCall(orders.ingest.restApi!.urlForPath(path), { method: 'GET', headers })
    .expect(ExpectedResult.objectLike({ status: 200, body }))
    .waitForAssertions({ interval: Duration.seconds(5), totalTimeout: Duration.minutes(3) });

// Over the API: placed, changed, cancelled.
const cancelled = apiKey
  .next(request('POST', '/orders', order('integ-1')))
  .next(expectAt('/orders/integ-1', { status: 'CONFIRMED', version: 1, total: 3780 }))
  .next(request('PATCH', '/orders/integ-1', { notes: 'leave it at the reception' }))
  .next(expectAt('/orders/integ-1', { status: 'CONFIRMED', version: 2, order: { notes: 'leave it at the reception' } }))
  .next(request('POST', '/orders/integ-1/cancellation', { reason: 'ordered twice' }))
  .next(expectAt('/orders/integ-1', { status: 'CANCELLED', version: 3 }));

// In a file.
const { bucket } = orders.files!;
const upload = assertions.awsApiCall('s3', 'PutObject', {
  Bucket: bucket.bucketName, Key: 'incoming/integration.json', Body: JSON.stringify([order('integ-2'), order('integ-3')]),
});
upload.provider.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('incoming/*')] }).toStatementJson());
const extracted = cancelled
  .next(upload)
  .next(expectAt('/orders/integ-2', { status: 'CONFIRMED' }))
  .next(expectAt('/orders/integ-3', { status: 'CONFIRMED' }));

// From a dead-letter queue, redriven.
const { ordersDeadLetterQueue } = orders.ingest;
const commandId = 'integration-redrive';
const deadLetter = assertions.awsApiCall('sqs', 'SendMessage', {
  QueueUrl: ordersDeadLetterQueue.queueUrl,
  MessageGroupId: 'integ-4',
  MessageDeduplicationId: commandId,
  MessageBody: JSON.stringify({
    schemaVersion: 1,
    commandType: 'PlaceOrder',
    commandId,
    orderId: 'integ-4',
    correlationId: commandId,
    channel: 'api',
    receivedAt: '2026-01-01T00:00:00.000Z',
    payload: order('integ-4'),
  }),
});
deadLetter.provider.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [ordersDeadLetterQueue.queueArn] }).toStatementJson());
const redrive = assertions.invokeFunction({
  functionName: orders.redrive!.redriveDeadLettersFunction.functionName,
  invocationType: InvocationType.REQUEST_RESPONSE,
  payload: JSON.stringify({ action: 'redrive', queue: 'orders', dryRun: false }),
}).expect(ExpectedResult.objectLike({ Payload: Match.stringLikeRegexp('\\\\?"complete\\\\?":true') }));
extracted
  .next(deadLetter)
  .next(redrive)
  .next(expectAt('/orders/integ-4', { status: 'CONFIRMED' }))
  .next(expectAt('/orders/integ-4/events', { items: Match.arrayWith([Match.objectLike({ type: 'OrderRedriven' })]) }));
