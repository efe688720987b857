import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ApplicationLogLevel } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { OrderQueries, RealtimeOrderIngest, type OrderQueriesProps } from '../../src';
import { wrongHandlerOptions, wrongTimeouts } from '../support/queue-options';
import { synth, warningsOf } from '../support/synth';
import { resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Omit<OrderQueriesProps, 'ingest' | 'ordersTable'>;
const synthQueries = (props?: Props | ((stack: Stack) => Props)) => synth((stack) => new OrderQueries(stack, 'Queries', {
  ingest: new RealtimeOrderIngest(stack, 'Ingest', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared') }),
  ordersTable: TableV2.fromTableArn(stack, 'Table', 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders'),
  ...(typeof props === 'function' ? props(stack) : props),
}));
type Template = ReturnType<typeof synthQueries>['template'];

const handler = (template: Template, id = 'QueryOrders') => resourceOf(template, 'AWS::Lambda::Function', id).properties;

const FILES_TABLE_ARN = 'arn:aws:dynamodb:eu-central-1:111111111111:table/files';
const filesTable = (stack: Stack) => TableV2.fromTableArn(stack, 'FilesTable', FILES_TABLE_ARN);
const pathsTo = (template: Template, id: string) => resourcesOf(template, 'AWS::Lambda::Permission')
  .filter(({ properties }) => JSON.stringify(properties.FunctionName).includes(resourceOf(template, 'AWS::Lambda::Function', id).id))
  .map(({ properties }) => /\/GET\/[\w/*]*/.exec(JSON.stringify(properties.SourceArn))?.[0]);

describe('with an API and a table', () => {
  const { template, stack, created } = synthQueries();

  test('GET /orders/{orderId} is answered by query-orders, with the key that the API wants', () => {
    const get = resourcesOf(template, 'AWS::ApiGateway::Method').find(({ properties }) => properties.HttpMethod === 'GET')!.properties;
    expect(get).toMatchObject({ ApiKeyRequired: true, Integration: { Type: 'AWS_PROXY' } });
    expect(JSON.stringify(get.Integration.Uri)).toContain(resourceOf(template, 'AWS::Lambda::Function', 'QueryOrders').id);
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: '{orderId}' });
  });

  test('an imported table needs no stream to be asked', () => {
    expect(handler(template).Environment.Variables.ORDERS_TABLE_NAME).toBe('orders');
    expect(roleStatements(template, 'QueryOrders').filter(({ actions }) => actions.includes('dynamodb:GetItem')))
      .toMatchObject([{ actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:eu-central-1:111111111111:table/orders'] }]);
  });

  test('there are no routes for files without a files table', () => {
    expect(created.queryFiles).toBeUndefined();
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

  test('GET /files and GET /files/{fileId} are answered by query-files, with the key that the API wants', () => {
    const files = resourcesOf(template, 'AWS::ApiGateway::Method').map(({ properties }) => properties)
      .filter(({ Integration }) => JSON.stringify(Integration.Uri).includes(resourceOf(template, 'AWS::Lambda::Function', 'QueryFiles').id));
    expect(files).toHaveLength(2);
    for (const method of files) expect(method).toMatchObject({ HttpMethod: 'GET', ApiKeyRequired: true, Integration: { Type: 'AWS_PROXY' } });
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ properties }) => properties.PathPart)).toEqual(['orders', '{orderId}', 'files', '{fileId}']);
  });

  test('API Gateway may call each handler for its own routes and no others', () => {
    expect(pathsTo(template, 'QueryFiles')).toEqual(['/GET/files', '/GET/files/*']);
    expect(pathsTo(template, 'QueryOrders')).toEqual(['/GET/orders/*']);
  });

  test('query-files may read this table and its index, and no orders', () => {
    const { Variables } = handler(template, 'QueryFiles').Environment;
    expect(Variables.FILES_TABLE_NAME).toBe('files');
    expect(Variables).not.toHaveProperty('ORDERS_TABLE_NAME');
    expect(roleStatements(template, 'QueryFiles').filter(({ actions }) => actions.some((action) => action.startsWith('dynamodb:')))).toMatchObject([
      { actions: ['dynamodb:GetItem'], resources: [FILES_TABLE_ARN] },
      { actions: ['dynamodb:Query'], resources: [`${FILES_TABLE_ARN}/index/byState`] },
    ]);
  });

  test('query-orders may read no files', () => {
    expect(handler(template).Environment.Variables).not.toHaveProperty('FILES_TABLE_NAME');
    expect(JSON.stringify(roleStatements(template, 'QueryOrders'))).not.toContain(FILES_TABLE_ARN);
  });

  test('the handler has its default sizes', () => {
    expect(handler(template, 'QueryFiles')).toMatchObject({ MemorySize: 512, Timeout: 10 });
    expect(created.queryFiles).toBeDefined();
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('its props', () => {
  test('queryFiles sizes the handler for files, and no other', () => {
    const { template } = synthQueries((stack) => ({ filesTable: filesTable(stack), queryFiles: { memorySize: 256, timeout: Duration.seconds(29) } }));
    expect(handler(template, 'QueryFiles')).toMatchObject({ MemorySize: 256, Timeout: 29 });
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 10 });
  });

  test.each(['queryOrders', 'queryFiles'] as const)('%s may hold undefined, which is the default', (option) => {
    const { template } = synthQueries((stack) => ({ filesTable: filesTable(stack), [option]: { memorySize: undefined, timeout: undefined } }));
    for (const id of ['QueryOrders', 'QueryFiles']) expect(handler(template, id)).toMatchObject({ MemorySize: 512, Timeout: 10 });
  });

  test('queryOrders sizes the handler', () => {
    expect(handler(synthQueries({ queryOrders: { memorySize: 1024, timeout: Duration.seconds(29) } }).template))
      .toMatchObject({ MemorySize: 1024, Timeout: 29 });
  });

  test('logLevel, logRetention and serviceName reach the handlers', () => {
    const { template } = synthQueries((stack) => ({
      logLevel: ApplicationLogLevel.TRACE, logRetention: RetentionDays.FIVE_DAYS, serviceName: 'ask', filesTable: filesTable(stack),
    }));
    for (const id of ['QueryOrders', 'QueryFiles']) {
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

  test('queryFiles is given without files', () => {
    expect(() => synthQueries({ queryFiles: { memorySize: 256 } })).toThrow(new Error('Test/Queries: queryFiles is of no use without filesTable'));
  });

  test('several props are wrong, and names them all', () => {
    expect(() => synthQueries({ queryOrders: { memorySize: 1, timeout: Duration.seconds(30) } })).toThrow(new Error('Test/Queries: '
      + 'queryOrders.memorySize must be an integer between 128 and 10240, got 1; '
      + 'queryOrders.timeout must be between 1 second and 29 seconds, got 30 seconds'));
  });
});
