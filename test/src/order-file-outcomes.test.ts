import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { OrderFileOutcomes, type OrderFileOutcomesProps } from '../../src';
import { matchesPattern } from '../support/event-matcher';
import { wrongHandlerOptions, wrongTimeouts } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, idOf, resourceOf, resourcesOf, roleStatements } from '../support/template';

const ORDERS_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders';
const STREAM_ARN = `${ORDERS_ARN}/stream/2026-01-01T00:00:00.000`;
const FILES_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/files';
const BUS_ARN = 'arn:aws:events:eu-central-1:111111111111:event-bus/shared';
const ALERTS_ARN = 'arn:aws:sns:eu-central-1:111111111111:alerts';

type Props = Partial<OrderFileOutcomesProps>;
const synthOutcomes = (props: Props | ((stack: Stack) => Props) = {}) => synth((stack) => new OrderFileOutcomes(stack, 'Outcomes', {
  eventBus: EventBus.fromEventBusArn(stack, 'Bus', BUS_ARN),
  pipelineId: 'shop',
  ordersTable: TableV2.fromTableAttributes(stack, 'Orders', { tableArn: ORDERS_ARN, tableStreamArn: STREAM_ARN }),
  filesTable: TableV2.fromTableArn(stack, 'Files', FILES_ARN),
  alertTopic: Topic.fromTopicArn(stack, 'Alerts', ALERTS_ARN),
  ...(typeof props === 'function' ? props(stack) : props),
}));

describe('with imported tables, a topic and a bus', () => {
  const { template, stack, created } = synthOutcomes();
  const mapping = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')[0].properties;
  const [filter] = mapping.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));
  const isDelivered = (eventName: string, NewImage?: object) => matchesPattern(filter, { eventName, dynamodb: { NewImage } });

  test('the handler consumes the stream of the orders table and knows the files table, the topic and the bus', () => {
    expect(mapping).toMatchObject({ EventSourceArn: STREAM_ARN, FunctionResponseTypes: ['ReportBatchItemFailures'], StartingPosition: 'TRIM_HORIZON' });
    expect(mapping).toMatchObject({ BatchSize: 500, MaximumBatchingWindowInSeconds: 1 });
    expect(resourceOf(template, 'AWS::Lambda::Function', 'RecordFileOutcomes').properties).toMatchObject({
      MemorySize: 512,
      Timeout: 30,
      Environment: { Variables: { FILES_TABLE_NAME: 'files', ALERT_TOPIC_ARN: ALERTS_ARN, EVENT_BUS_NAME: 'shared', EVENT_SOURCE: 'orders', PIPELINE_ID: 'shop' } },
    });
  });

  test('the handler is invoked by outcomes of orders from files, and not by other writes or deletions', () => {
    const outcome = { fileOutcome: { M: { fileId: { S: 'f' }, outcome: { S: 'UNCHANGED' } } } };
    expect([isDelivered('INSERT', outcome), isDelivered('MODIFY', { ...outcome, outcome: { M: { type: { S: 'OrderConfirmed' } } } })]).toEqual([true, true]);
    expect([isDelivered('MODIFY', { outcome: { M: { type: { S: 'OrderConfirmed' }, channel: { S: 'file' } } } }), isDelivered('REMOVE')]).toEqual([false, false]);
  });

  test('the handler has these permissions and no others', () => {
    expect(actionsByResource(roleStatements(template, 'RecordFileOutcomes'))).toEqual({
      [BUS_ARN]: ['events:PutEvents'],
      OutcomesRecordFileOutcomesLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      [FILES_ARN]: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      [ALERTS_ARN]: ['sns:Publish'],
      [STREAM_ARN]: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      [`${ORDERS_ARN}/stream/*`]: ['dynamodb:ListStreams'],
      [resourcesOf(template, 'AWS::SQS::Queue')[0].id.replace(/[0-9A-F]{8}$/, '')]: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
    });
  });

  test('records that cannot be processed go to the dead-letter queue, which retains them for 14 days', () => {
    const [queue] = resourcesOf(template, 'AWS::SQS::Queue');
    expect(idOf(mapping.DestinationConfig.OnFailure.Destination)).toBe(queue.id);
    expect(queue.properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
    expect(created.outcomesDeadLetterQueue.node.path).toBe('Test/Outcomes/FileOutcomes/DeadLetterQueue');
    expect(created.recordFileOutcomesFunction.node.path).toBe('Test/Outcomes/RecordFileOutcomes');
  });

  test('there are no warnings', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('recordFileOutcomes sizes the handler, also by values known only at deployment', () => {
  const { template } = synthOutcomes((stack) => ({
    recordFileOutcomes: { memorySize: 256, timeout: Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber) },
  }));
  expect(resourceOf(template, 'AWS::Lambda::Function', 'RecordFileOutcomes').properties).toMatchObject({ MemorySize: 256, Timeout: { Ref: 'Timeout' } });
});

test('encryptionKey encrypts the dead-letter queue, and the handler can use it', () => {
  const { template } = synthOutcomes((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
  const [key] = resourcesOf(template, 'AWS::KMS::Key');
  expect(idOf(resourcesOf(template, 'AWS::SQS::Queue')[0].properties.KmsMasterKeyId)).toBe(key.id);
  expect(actionsByResource(roleStatements(template, 'RecordFileOutcomes')).Key).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']));
});

describe('fails when', () => {
  test.each<[string, Props]>([...wrongHandlerOptions('recordFileOutcomes'), ...wrongTimeouts('recordFileOutcomes', '15 minutes')]
    .map(([recordFileOutcomes, message]) => [message, { recordFileOutcomes }]))('%s', (message, props) => {
    expect(() => synthOutcomes(props)).toThrow(new Error(`Test/Outcomes: ${message}`));
  });

  test('ordersTable has no stream', () => {
    expect(() => synthOutcomes((stack) => ({ ordersTable: TableV2.fromTableName(stack, 'Other', 'orders') }))).toThrow(new Error(
      'Test/Outcomes: `ordersTable` must have a stream (NEW_AND_OLD_IMAGES); import it with TableV2.fromTableAttributes and its tableStreamArn',
    ));
  });

  test('a table is in another region', () => {
    const elsewhere = (stack: Stack) => new TableV2(new Stack(stack.node.root, 'Elsewhere', { env: { account: '111111111111', region: 'us-east-1' } }), 'Table', {
      partitionKey: { name: 'orderId', type: AttributeType.STRING }, dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    for (const prop of ['ordersTable', 'filesTable'] as const) {
      expect(() => synth((stack) => new OrderFileOutcomes(stack, 'Outcomes', {
        eventBus: EventBus.fromEventBusArn(stack, 'Bus', BUS_ARN),
        pipelineId: 'shop',
        ordersTable: TableV2.fromTableAttributes(stack, 'Orders', { tableArn: ORDERS_ARN, tableStreamArn: STREAM_ARN }),
        filesTable: TableV2.fromTableArn(stack, 'Files', FILES_ARN),
        alertTopic: Topic.fromTopicArn(stack, 'Alerts', ALERTS_ARN),
        [prop]: elsewhere(stack),
      }), { account: '111111111111', region: 'eu-central-1' })).toThrow(new RegExp(`Test/Outcomes: \`${prop}\``));
    }
  });
});
