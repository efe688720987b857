import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { OrderListKey, OrderProcessor, OrderQueries, RealtimeOrderIngest, type OrderQueriesProps } from '../../src';
import { wrongHandlerOptions, wrongTimeouts } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { actionsByResource, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Omit<OrderQueriesProps, 'ingest' | 'ordersTable'>;
const synthQueries = (props?: Props | ((stack: Stack) => Props)) => synth((stack) => new OrderQueries(stack, 'Queries', {
  ingest: new RealtimeOrderIngest(stack, 'Ingest', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'), pipelineId: 'shop' }),
  ordersTable: TableV2.fromTableArn(stack, 'Table', 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders'),
  ...(typeof props === 'function' ? props(stack) : props),
}));
type Template = ReturnType<typeof synthQueries>['template'];

const handler = (template: Template, id = 'QueryOrders') => resourceOf(template, 'AWS::Lambda::Function', id).properties;

const TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders';
const HISTORY_TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/history';
const historyTable = (stack: Stack) => TableV2.fromTableArn(stack, 'HistoryTable', HISTORY_TABLE_ARN);
const FILES_TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/files';
const filesTable = (stack: Stack) => TableV2.fromTableArn(stack, 'FilesTable', FILES_TABLE_ARN);
const pathsTo = (template: Template, id: string) => resourcesOf(template, 'AWS::Lambda::Permission')
  .filter(({ properties }) => JSON.stringify(properties.FunctionName).includes(resourceOf(template, 'AWS::Lambda::Function', id).id))
  .map(({ properties }) => /\/\*\/(?:orders|files)[\w/*]*/.exec(JSON.stringify(properties.SourceArn))?.[0]);

/** The methods that a handler answers. */
const methodsOf = (template: Template, id: string) => resourcesOf(template, 'AWS::ApiGateway::Method').map(({ properties }) => properties)
  .filter(({ Integration }) => JSON.stringify(Integration.Uri).includes(`"${resourceOf(template, 'AWS::Lambda::Function', id).id}"`));

describe('with an API and a table', () => {
  const { template, stack, created } = synthQueries();

  test('GET /orders and GET /orders/{orderId} are answered by query-orders, with the key that the API wants', () => {
    const methods = methodsOf(template, 'QueryOrders');
    expect(methods).toHaveLength(2);
    for (const method of methods) expect(method).toMatchObject({ HttpMethod: 'ANY', ApiKeyRequired: true, Integration: { Type: 'AWS_PROXY' } });
    expect(pathsTo(template, 'QueryOrders')).toEqual(['/*/orders', '/*/orders/*']);
  });

  test('query-orders may get orders, query the indexes that it lists from, and do nothing else: it cannot scan', () => {
    expect(handler(template).Environment.Variables.ORDERS_TABLE_NAME).toBe('orders');
    expect(actionsByResource(roleStatements(template, 'QueryOrders'))).toEqual({
      QueriesQueryOrdersLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      [TABLE_ARN]: ['dynamodb:GetItem'],
      [`${TABLE_ARN}/index/byCustomer`]: ['dynamodb:Query'],
      [`${TABLE_ARN}/index/byExternalReference`]: ['dynamodb:Query'],
      [`${TABLE_ARN}/index/byStatus`]: ['dynamodb:Query'],
    });
  });

  test('every other method is answered with the methods of the path', () => {
    expect(JSON.parse(handler(template).Environment.Variables.ALLOWED_METHODS)).toEqual({ '/orders': 'GET, HEAD, POST', '/orders/{orderId}': 'GET, HEAD' });
  });

  test('reads are not audited, and the handler may say nothing', () => {
    expect(Object.keys(handler(template).Environment.Variables)).not.toContain('EVENT_BUS_NAME');
  });

  test('there is no route for events without a history table', () => {
    expect(created.queryOrderEventsFunction).toBeUndefined();
  });

  test('there are no routes for files without a files table', () => {
    expect(created.queryFilesFunction).toBeUndefined();
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ properties }) => properties.PathPart)).toEqual(['orders', '{orderId}']);
  });

  test('the handler has its default sizes', () => {
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 10 });
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('with a files table', () => {
  const { template, stack, created } = synthQueries((scope) => ({ filesTable: filesTable(scope) }));

  test('GET /files, GET /files/{fileId} and GET /files/{fileId}/orders are answered by query-files, with the key that the API wants', () => {
    const files = methodsOf(template, 'QueryFiles');
    expect(files).toHaveLength(3);
    for (const method of files) expect(method).toMatchObject({ HttpMethod: 'ANY', ApiKeyRequired: true, Integration: { Type: 'AWS_PROXY' } });
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ properties }) => properties.PathPart)).toEqual(['orders', '{orderId}', 'files', '{fileId}', 'orders']);
  });

  test('API Gateway may call each handler for its own routes and no others', () => {
    expect(pathsTo(template, 'QueryFiles')).toEqual(['/*/files', '/*/files/*', '/*/files/*/orders']);
    expect(pathsTo(template, 'QueryOrders')).toEqual(['/*/orders', '/*/orders/*']);
  });

  test('query-files may read this table and its index, and no table of orders', () => {
    const { Variables } = handler(template, 'QueryFiles').Environment;
    expect(Variables.FILES_TABLE_NAME).toBe('files');
    expect(Variables).not.toHaveProperty('ORDERS_TABLE_NAME');
    expect(roleStatements(template, 'QueryFiles').filter(({ actions }) => actions.some((action) => action.startsWith('dynamodb:')))).toMatchObject([
      { actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: [FILES_TABLE_ARN] },
      { actions: ['dynamodb:Query'], resources: [`${FILES_TABLE_ARN}/index/byState`] },
    ]);
  });

  test('query-orders may read no files', () => {
    expect(handler(template).Environment.Variables).not.toHaveProperty('FILES_TABLE_NAME');
    expect(JSON.stringify(roleStatements(template, 'QueryOrders'))).not.toContain(FILES_TABLE_ARN);
  });

  test('the handler has its default sizes', () => {
    expect(handler(template, 'QueryFiles')).toMatchObject({ MemorySize: 512, Timeout: 10 });
    expect(created.queryFilesFunction).toBeDefined();
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('with a history table', () => {
  const { template, stack, created } = synthQueries((scope) => ({ historyTable: historyTable(scope) }));

  test('GET /orders/{orderId}/events is answered by query-order-events, with the key that the API wants', () => {
    expect(methodsOf(template, 'QueryOrderEvents')).toMatchObject([{ HttpMethod: 'ANY', ApiKeyRequired: true, Integration: { Type: 'AWS_PROXY' } }]);
    expect(pathsTo(template, 'QueryOrderEvents')).toEqual(['/*/orders/*/events']);
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ properties }) => properties.PathPart)).toEqual(['orders', '{orderId}', 'events']);
  });

  test('query-order-events may query this table, and do nothing else', () => {
    expect(handler(template, 'QueryOrderEvents').Environment.Variables.HISTORY_TABLE_NAME).toBe('history');
    expect(actionsByResource(roleStatements(template, 'QueryOrderEvents'))).toEqual({
      QueriesQueryOrderEventsLogs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      [HISTORY_TABLE_ARN]: ['dynamodb:Query'],
    });
  });

  test('the handler has its default sizes', () => {
    expect(handler(template, 'QueryOrderEvents')).toMatchObject({ MemorySize: 512, Timeout: 10 });
    expect(created.queryOrderEventsFunction).toBeDefined();
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('all lists sign their tokens with one key, which no client knows', () => {
  const { template } = synthQueries((stack) => ({ filesTable: filesTable(stack), historyTable: historyTable(stack) }));
  for (const id of ['QueryOrders', 'QueryOrderEvents', 'QueryFiles']) {
    expect(handler(template, id).Environment.Variables.TOKEN_KEY)
      .toEqual({ 'Fn::Join': ['/', [{ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }, 'Test/Queries']] });
  }
});

describe('with auditReads', () => {
  const audited = (auditReads: boolean, eventSource?: string) => synthQueries((stack) => ({
    auditReads,
    eventSource,
    pipelineId: 'shop',
    eventBus: EventBus.fromEventBusName(stack, 'AuditBus', 'audit'),
    historyTable: historyTable(stack),
    filesTable: filesTable(stack),
  })).template;

  test.each(['QueryOrders', 'QueryOrderEvents'])('%s may say on the bus who reads, under the pipeline\'s source alone', (id) => {
    const template = audited(true, 'shop.orders');
    expect(handler(template, id).Environment.Variables).toMatchObject({ EVENT_BUS_NAME: 'audit', EVENT_SOURCE: 'shop.orders', PIPELINE_ID: 'shop' });
    expect(roleStatements(template, id)).toContainEqual(expect.objectContaining({
      actions: ['events:PutEvents'], condition: { StringEquals: { 'events:source': 'shop.orders' } },
    }));
    expect(handler(audited(true), id).Environment.Variables.EVENT_SOURCE).toBe('orders');
  });

  test('query-files publishes nothing, because it returns no orders', () => {
    const template = audited(true);
    expect(handler(template, 'QueryFiles').Environment.Variables).not.toHaveProperty('EVENT_BUS_NAME');
    expect(JSON.stringify(roleStatements(template, 'QueryFiles'))).not.toContain('events:');
  });

  test.each(['QueryOrders', 'QueryOrderEvents'])('false, %s publishes nothing, even with a bus', (id) => {
    const template = audited(false);
    expect(handler(template, id).Environment.Variables).not.toHaveProperty('EVENT_BUS_NAME');
    expect(JSON.stringify(roleStatements(template, id))).not.toContain('events:');
  });
});

describe('its props', () => {
  test('queryFiles sizes the handler for files, and no other', () => {
    const { template } = synthQueries((stack) => ({ filesTable: filesTable(stack), queryFiles: { memorySize: 256, timeout: Duration.seconds(29) } }));
    expect(handler(template, 'QueryFiles')).toMatchObject({ MemorySize: 256, Timeout: 29 });
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 10 });
  });

  test('queryOrderEvents sizes the handler for events, and no other', () => {
    const queryOrderEvents = { memorySize: 256, timeout: Duration.seconds(29) };
    const { template } = synthQueries((stack) => ({ historyTable: historyTable(stack), queryOrderEvents }));
    expect(handler(template, 'QueryOrderEvents')).toMatchObject({ MemorySize: 256, Timeout: 29 });
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 10 });
  });

  test.each(['queryOrders', 'queryOrderEvents', 'queryFiles'] as const)('%s may hold undefined, which is the default', (option) => {
    const { template } = synthQueries((stack) => ({
      filesTable: filesTable(stack), historyTable: historyTable(stack), [option]: { memorySize: undefined, timeout: undefined },
    }));
    for (const id of ['QueryOrders', 'QueryOrderEvents', 'QueryFiles']) expect(handler(template, id)).toMatchObject({ MemorySize: 512, Timeout: 10 });
  });

  test('queryOrders sizes the handler', () => {
    expect(handler(synthQueries({ queryOrders: { memorySize: 1024, timeout: Duration.seconds(29) } }).template))
      .toMatchObject({ MemorySize: 1024, Timeout: 29 });
  });

  test('logLevel, logRetention and serviceName reach the handlers', () => {
    const { template } = synthQueries((stack) => ({
      logLevel: ApplicationLogLevel.TRACE,
      logRetention: RetentionDays.FIVE_DAYS,
      serviceName: 'ask',
      filesTable: filesTable(stack),
      historyTable: historyTable(stack),
    }));
    for (const id of ['QueryOrders', 'QueryOrderEvents', 'QueryFiles']) {
      expect(handler(template, id)).toMatchObject({
        LoggingConfig: { ApplicationLogLevel: 'TRACE' }, Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'ask' } },
      });
      expect(resourceOf(template, 'AWS::Logs::LogGroup', `${id}Logs`).properties.RetentionInDays).toBe(5);
    }
  });

  test('may be known only at deployment', () => {
    const sizes = (stack: Stack, prefix: string) => ({
      memorySize: new CfnParameter(stack, `${prefix}Memory`, { type: 'Number' }).valueAsNumber,
      timeout: Duration.seconds(new CfnParameter(stack, `${prefix}Timeout`, { type: 'Number' }).valueAsNumber),
    });
    const { template } = synthQueries((stack) => ({
      queryOrders: sizes(stack, 'Orders'), queryFiles: sizes(stack, 'Files'), filesTable: filesTable(stack),
    }));
    expect(handler(template)).toMatchObject({ MemorySize: { Ref: 'OrdersMemory' }, Timeout: { Ref: 'OrdersTimeout' } });
    expect(handler(template, 'QueryFiles')).toMatchObject({ MemorySize: { Ref: 'FilesMemory' }, Timeout: { Ref: 'FilesTimeout' } });
  });
});

describe('fails when', () => {
  test.each<[string, Props]>([...wrongHandlerOptions('queryOrders'), ...wrongTimeouts('queryOrders', '29 seconds')]
    .map(([queryOrders, message]) => [message, { queryOrders }]))('%s', (message, props) => {
    expect(() => synthQueries(props)).toThrow(new Error(`Test/Queries: ${message}`));
  });

  test.each<[string, Props]>([...wrongHandlerOptions('queryFiles'), ...wrongTimeouts('queryFiles', '29 seconds')]
    .map(([queryFiles, message]) => [message, { queryFiles }]))('%s', (message, props) => {
    expect(() => synthQueries((stack) => ({ ...props, filesTable: filesTable(stack) }))).toThrow(new Error(`Test/Queries: ${message}`));
  });

  test.each<[string, Props]>([...wrongHandlerOptions('queryOrderEvents'), ...wrongTimeouts('queryOrderEvents', '29 seconds')]
    .map(([queryOrderEvents, message]) => [message, { queryOrderEvents }]))('%s', (message, props) => {
    expect(() => synthQueries((stack) => ({ ...props, historyTable: historyTable(stack) }))).toThrow(new Error(`Test/Queries: ${message}`));
  });

  test('queryOrderEvents is given without a history', () => {
    expect(() => synthQueries({ queryOrderEvents: { memorySize: 256 } })).toThrow(new Error('Test/Queries: `queryOrderEvents` cannot be set without `historyTable`'));
  });

  test('auditReads is given without a bus', () => {
    expect(() => synthQueries({ auditReads: true })).toThrow(new Error('Test/Queries: `auditReads` needs `eventBus`, on which reads are published'));
    expect(() => synthQueries({ auditReads: false })).not.toThrow();
  });

  test('queryFiles is given without files', () => {
    expect(() => synthQueries({ queryFiles: { memorySize: 256 } })).toThrow(new Error('Test/Queries: `queryFiles` cannot be set without `filesTable`'));
  });

  test('several props are wrong, and names them all', () => {
    expect(() => synthQueries({ queryOrders: { memorySize: 1, timeout: Duration.seconds(30) } })).toThrow(new Error('Test/Queries: '
      + '`queryOrders.memorySize` must be an integer between 128 and 10240, got 1; '
      + '`queryOrders.timeout` must be between 1 second and 29 seconds, got 30 seconds'));
  });
});

describe('lists of orders', () => {
  const withTable = (ofTable: OrderListKey[] | undefined, ofQueries?: OrderListKey[]) => synthQueries((stack) => {
    const eventBus = EventBus.fromEventBusName(stack, 'ProcessorBus', 'shared');
    const { ordersTable } = new OrderProcessor(stack, 'Processor', { eventBus, pipelineId: 'shop', listOrdersBy: ofTable });
    return { ordersTable, listOrdersBy: ofQueries };
  });
  const indexesOf = (template: Template) => Object.entries(actionsByResource(roleStatements(template, 'QueryOrders')))
    .filter(([, actions]) => actions.includes('dynamodb:Query')).map(([resource]) => resource.split('/').at(-1));
  const keysOf = (template: Template) => handler(template).Environment.Variables.LIST_KEYS;

  test('are those of the table, which query-orders may query', () => {
    const { template } = withTable([OrderListKey.STATUS]);

    expect(indexesOf(template)).toEqual(['byStatus']);
    expect(keysOf(template)).toBe('status');
  });

  test('can be fewer than the table has', () => {
    const { template } = withTable(undefined, [OrderListKey.EXTERNAL_REFERENCE, OrderListKey.CUSTOMER]);

    expect(indexesOf(template).sort()).toEqual(['byCustomer', 'byExternalReference']);
    expect(keysOf(template)).toBe('customerId,externalReference');
  });

  test('are all by default, also those of a table that no construct of the app made', () => {
    for (const { template } of [withTable(undefined), synthQueries()]) {
      expect(indexesOf(template).sort()).toEqual(['byCustomer', 'byExternalReference', 'byStatus']);
      expect(keysOf(template)).toBeUndefined();
    }
  });

  test('can be none: the API has no route for them, and query-orders only gets orders', () => {
    const { template } = withTable([]);

    expect(pathsTo(template, 'QueryOrders')).toEqual(['/*/orders/*']);
    expect(indexesOf(template)).toEqual([]);
    expect(keysOf(template)).toBe('none');
  });

  test('fail when the table does not have them', () => {
    expect(() => withTable([OrderListKey.CUSTOMER], [OrderListKey.CUSTOMER, OrderListKey.STATUS])).toThrow(
      'Test/Queries: `listOrdersBy` must be keys of `ordersTable`, which has no index for OrderListKey.STATUS; add them to `listOrdersBy` of OrderProcessor',
    );
  });
});
