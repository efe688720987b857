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

const handler = (template: Template) => resourceOf(template, 'AWS::Lambda::Function', 'QueryOrders').properties;

describe('with an API and a table', () => {
  const { template, stack } = synthQueries();

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

  test('the handler has its default sizes', () => {
    expect(handler(template)).toMatchObject({ MemorySize: 512, Timeout: 10 });
  });

  test('there is nothing to warn of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('its props', () => {
  test('queryOrders sizes the handler', () => {
    expect(handler(synthQueries({ queryOrders: { memorySize: 1024, timeout: Duration.seconds(29) } }).template))
      .toMatchObject({ MemorySize: 1024, Timeout: 29 });
  });

  test('logLevel, logRetention and serviceName reach the handler', () => {
    const { template } = synthQueries({ logLevel: ApplicationLogLevel.TRACE, logRetention: RetentionDays.FIVE_DAYS, serviceName: 'ask' });
    expect(handler(template)).toMatchObject({
      LoggingConfig: { ApplicationLogLevel: 'TRACE' }, Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'ask' } },
    });
    expect(resourceOf(template, 'AWS::Logs::LogGroup', 'QueryOrdersLogs').properties.RetentionInDays).toBe(5);
  });

  test('may be known only at deployment', () => {
    const { template } = synthQueries((stack) => ({
      queryOrders: {
        memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber,
        timeout: Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber),
      },
    }));
    expect(handler(template)).toMatchObject({ MemorySize: { Ref: 'Memory' }, Timeout: { Ref: 'Timeout' } });
  });
});

describe('fails when', () => {
  test.each<[string, Props]>([...wrongHandlerOptions('queryOrders'), ...wrongTimeouts('queryOrders', '29 seconds')]
    .map(([queryOrders, message]) => [message, { queryOrders }]))('%s', (message, props) => {
    expect(() => synthQueries(props)).toThrow(new Error(`Test/Queries: ${message}`));
  });

  test('several props are wrong, and names them all', () => {
    expect(() => synthQueries({ queryOrders: { memorySize: 1, timeout: Duration.seconds(30) } })).toThrow(new Error('Test/Queries: '
      + 'queryOrders.memorySize must be an integer between 128 and 10240, got 1; '
      + 'queryOrders.timeout must be between 1 second and 29 seconds, got 30 seconds'));
  });
});
