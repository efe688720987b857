import { CfnParameter, Stack } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { OrderProcessor, RealtimeOrderIngest, type ApiHandlerOptions, type OrderPipelineProps } from '../../src';
import { synth, synthUnwatched } from '../support/synth';
import { resourceOf, resourcesOf, type Resource } from '../support/template';

const API_FUNCTIONS = {
  receiveOrder: 'ReceiveOrder',
  receiveOrderChange: 'ReceiveOrderChange',
  receiveOrderCancellation: 'ReceiveOrderCancellation',
  queryOrders: 'QueryOrders',
  queryOrderEvents: 'QueryOrderEvents',
  queryFiles: 'QueryFiles',
} as const satisfies { readonly [Prop in keyof OrderPipelineProps]: string };

describe.each(Object.entries(API_FUNCTIONS))('%s.reservedConcurrency', (prop, id) => {
  const reserved = (options: ApiHandlerOptions) => resourcesOf(synthUnwatched({ [prop]: options }).template, 'AWS::Lambda::Function')
    .filter(({ properties }) => 'ReservedConcurrentExecutions' in properties).map(({ id: name, properties }) => [name.replace(/[0-9A-F]{8}$/, ''), properties.ReservedConcurrentExecutions]);

  test('is reserved for its function and no other', () => {
    expect(reserved({ reservedConcurrency: 20 })).toEqual([[expect.stringMatching(new RegExp(`${id}$`)), 20]]);
    expect(reserved({})).toEqual([]);
  });

  test.each([0, -1, 1.5])('fails when it is %d', (reservedConcurrency) => {
    expect(() => reserved({ reservedConcurrency })).toThrow(`\`${prop}.reservedConcurrency\` must be an integer between 1 and 1000000, got ${reservedConcurrency}`);
  });
});

describe('warmThroughput', () => {
  const warm = { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 40_000 };
  const ofTable = ({ id, properties }: Resource) => [id.replace(/[0-9A-F]{8}$/, ''), properties.WarmThroughput];
  const tables = (props: OrderPipelineProps | ((stack: Stack) => OrderPipelineProps)) => resourcesOf(synthUnwatched(props).template, 'AWS::DynamoDB::GlobalTable').map(ofTable);
  const table = (stack: Stack, id: string) => TableV2.fromTableAttributes(stack, id, { tableName: id, tableStreamArn: 'arn:aws:dynamodb:eu-central-1:111111111111:table/t/stream/1' });
  const given = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 40_000 };

  test('prepares the tables that are written for every order', () => {
    expect(tables({ warmThroughput: warm })).toEqual([
      ['OrdersIngestSequenceTable', given], ['OrdersFilesFilesTable', undefined], ['OrdersProcessorOrdersTable', given], ['OrdersHistoryHistoryTable', given],
    ]);
    for (const [, throughput] of tables({})) expect(throughput).toBeUndefined();
  });

  test('prepares the indexes of lists, which are written as often', () => {
    const { GlobalSecondaryIndexes } = resourceOf(synthUnwatched({ warmThroughput: warm }).template, 'AWS::DynamoDB::GlobalTable', 'OrdersTable').properties;
    expect(GlobalSecondaryIndexes.map(({ IndexName, WarmThroughput }: Resource['properties']) => [IndexName, WarmThroughput]))
      .toEqual([['byCustomer', given], ['byStatus', given], ['byExternalReference', undefined], ['byPendingUntil', undefined]]);
  });

  test('is for the new tables when others exist', () => {
    expect(tables((stack) => ({ warmThroughput: warm, ordersTable: table(stack, 'Existing'), sequenceTable: table(stack, 'Sequences') })))
      .toEqual([['OrdersFilesFilesTable', undefined], ['OrdersHistoryHistoryTable', given]]);
  });

  test('is known at deployment if the app wants that', () => {
    expect(() => tables((stack) => ({ warmThroughput: { writeUnitsPerSecond: new CfnParameter(stack, 'Writes', { type: 'Number' }).valueAsNumber } }))).not.toThrow();
  });

  test.each<[string, OrderPipelineProps, string]>([
    ['readUnitsPerSecond', { warmThroughput: { readUnitsPerSecond: 11_999 } }, '`warmThroughput.readUnitsPerSecond` must be an integer between 12000 and 1000000000, got 11999'],
    ['writeUnitsPerSecond', { warmThroughput: { writeUnitsPerSecond: 3_999 } }, '`warmThroughput.writeUnitsPerSecond` must be an integer between 4000 and 1000000000, got 3999'],
  ])('fails when %s is less than that of a new table', (_, props, message) => {
    expect(() => tables(props)).toThrow(new Error(`Test/Orders: ${message}`));
  });

  test('fails when there is no table for it', () => {
    const existing = (stack: Stack) => ({ ordersTable: table(stack, 'Existing'), sequenceTable: table(stack, 'Sequences') });
    expect(() => tables((stack) => ({ ...existing(stack), history: false, warmThroughput: warm })))
      .toThrow(new Error('Test/Orders: `warmThroughput` cannot be set when the pipeline creates no table of orders, sequence numbers or history'));
    expect(() => synth((stack) => new OrderProcessor(stack, 'Processor', { eventBus: new EventBus(stack, 'Bus'), ordersTable: table(stack, 'T'), warmThroughput: warm })))
      .toThrow(new Error('Test/Processor: `ordersTable` cannot be set together with `warmThroughput`'));
    expect(() => synth((stack) => new RealtimeOrderIngest(stack, 'Ingest', { eventBus: new EventBus(stack, 'Bus'), sequenceTable: table(stack, 'T'), warmThroughput: warm })))
      .toThrow(new Error('Test/Ingest: `sequenceTable` cannot be set together with `warmThroughput`'));
  });
});
