import { CfnParameter, Duration, Size, Stack, type Environment } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { OrderAuthentication, OrderPipeline, OrderWebhooks, RealtimeOrderIngest, type OrderWebhooksOptions, type OrderWebhooksProps, type WebhookEndpoint } from '../../src';
import { validateEdges } from '../../src/private/async-edges/validate-edges';
import { partsOf } from '../../src/private/pipeline-part';
import { resourcesIn } from '../support/edges';
import { matchesPattern } from '../support/event-matcher';
import { synth, synthPipeline, UNWATCHED } from '../support/synth';
import { actionsByResource, idOf, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Partial<OrderWebhooksProps>;
const ENDPOINT: WebhookEndpoint = { webhookId: 'erp', url: 'https://erp.example.com/orders' };

/** Webhooks alone, on an existing bus. */
const synthWebhooks = (props: Props | ((stack: Stack) => Props) = {}, env?: Environment) => synth((stack) => new OrderWebhooks(stack, 'Webhooks', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  pipelineId: 'shop',
  acceptEventsWithoutPipeline: true,
  endpoints: [ENDPOINT],
  ...(typeof props === 'function' ? props(stack) : props),
}), env);
type Template = ReturnType<typeof synthWebhooks>['template'];

const settingsOf = (template: Template, handler = 'DeliverWebhooks') => {
  const { Variables } = resourceOf(template, 'AWS::Lambda::Function', handler).properties.Environment;
  return JSON.parse(Variables.WEBHOOK_SETTINGS);
};

describe('alone, with an endpoint', () => {
  const { template, created, stack } = synthWebhooks();

  test('all events of the pipeline go to the queue of events, those about files included', () => {
    template.resourceCountIs('AWS::Events::Rule', 1);
    const { EventPattern } = resourceOf(template, 'AWS::Events::Rule', 'WebhooksEvents').properties;
    const matches = (type: string, metadata: object) => matchesPattern(EventPattern, { 'source': 'orders', 'detail-type': type, 'detail': { metadata } });
    expect(['OrderConfirmed', 'OrderFileAccepted', 'OrderWebhookDisabled'].map((type) => matches(type, { pipeline: 'shop' }))).toEqual([true, true, true]);
    expect(matches('OrderConfirmed', { pipeline: 'other' })).toBe(false);
  });

  test('there are no routes', () => {
    expect(created.manageWebhooksFunction).toBeUndefined();
    template.resourceCountIs('AWS::ApiGateway::RestApi', 0);
  });

  test('the limits are the defaults', () => {
    expect(settingsOf(template)).toEqual({
      allowHttp: false,
      allowedNetworks: [],
      requestTimeout: 10,
      retryDuration: 259_200,
      disableAfter: 432_000,
      deliveryRetention: 2_592_000,
      secretOverlap: 86_400,
      maxPayloadSize: 262_144,
      maxWebhooks: 20,
    });
    expect(resourceOf(template, 'AWS::Lambda::Function', 'DeliverWebhooks').properties).toMatchObject({ Timeout: 60, RecursiveLoop: 'Allow' });
  });

  test('each handler has the permissions that it needs, and no others', () => {
    const may = (handler: string) => actionsByResource(roleStatements(template, handler));
    const CONSUME = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'];
    const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    expect(may('CreateWebhookDeliveries')).toEqual({
      WebhooksCreateWebhookDeliveriesLogs: LOG,
      WebhooksWebhookEventQueue: CONSUME,
      WebhooksWebhookEventDeadLetterQueue: ['sqs:SendMessage'],
      WebhooksDeliveryQueue: ['sqs:SendMessage'],
      WebhooksWebhooksTable: ['dynamodb:Query'],
      WebhooksDeliveriesTable: ['dynamodb:PutItem'],
    });
    const { WebhooksSigningSecret, ...others } = may('DeliverWebhooks');
    expect(WebhooksSigningSecret).toEqual(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue']);
    expect(others).toMatchObject({
      WebhooksDeliveryQueue: [...CONSUME, 'sqs:SendMessage'],
      WebhooksDeliveryDeadLetterQueue: ['sqs:SendMessage'],
      WebhooksWebhooksTable: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      WebhooksDeliveriesTable: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    });
    expect(Object.values(others).flat()).toContain('events:PutEvents');
    expect(Object.keys(others)).toHaveLength(6);
  });

  test('every asynchronous edge has a dead-letter queue', () => {
    expect(validateEdges(resourcesIn(stack)).errors).toEqual([]);
  });

  test('its parts can be reached, and it describes itself', () => {
    expect(created.webhookEventQueue.node.id).toBe('WebhookEventQueue');
    const [part] = partsOf([created]);
    expect(part.consumers?.map(({ name }) => name)).toEqual(['webhook-events', 'webhook-deliveries']);
    expect(part.tables).toEqual([created.webhooksTable, created.deliveriesTable]);
    expect(part.alarms?.map(({ kind }) => kind)).toEqual(['disabledWebhooks']);
  });

  test('tables and secret outlive the stack by default', () => {
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::SecretsManager::Secret', 'AWS::SQS::Queue']) {
      const policies = Object.values(template.findResources(type)).map(({ DeletionPolicy }) => DeletionPolicy);
      expect([type, new Set(policies)]).toEqual([type, new Set(['RetainExceptOnCreate'])]);
    }
  });
});

test('endpoints become settings of the handlers, and their own secrets can be read', () => {
  const { template } = synthWebhooks((stack) => ({
    endpoints: [{ ...ENDPOINT, currencies: ['EUR'], ordered: true, secret: new Secret(stack, 'ErpSecret') }, { webhookId: 'crm', url: new CfnParameter(stack, 'CrmUrl').valueAsString }],
  }));
  for (const handler of ['CreateWebhookDeliveries', 'DeliverWebhooks']) {
    const { WEBHOOK_ENDPOINTS } = resourceOf(template, 'AWS::Lambda::Function', handler).properties.Environment.Variables;
    const text = JSON.stringify(WEBHOOK_ENDPOINTS);
    for (const part of ['erp', 'https://erp.example.com/orders', 'currencies', 'crm', '{"Ref":"CrmUrl"}']) expect(text).toContain(part);
  }
  const secrets = Object.keys(actionsByResource(roleStatements(template, 'DeliverWebhooks'))).filter((name) => name.includes('Secret'));
  expect(secrets.sort()).toEqual(['ErpSecret', 'WebhooksSigningSecret']);
});

test('a topic is notified', () => {
  const { template } = synthWebhooks((stack) => ({ alertTopic: new Topic(stack, 'Alerts') }));
  expect(resourceOf(template, 'AWS::Lambda::Function', 'DeliverWebhooks').properties.Environment.Variables).toHaveProperty('ALERT_TOPIC_ARN');
  expect(actionsByResource(roleStatements(template, 'DeliverWebhooks')).Alerts).toEqual(['sns:Publish']);
});

test('a customer-managed key encrypts tables, queues and the secret', () => {
  const { template } = synthWebhooks((stack) => ({ encryptionKey: new Key(stack, 'Key') }), { region: 'eu-central-1' });
  const key = { 'Fn::GetAtt': [resourcesOf(template, 'AWS::KMS::Key')[0].id, 'Arn'] };
  expect(resourceOf(template, 'AWS::SecretsManager::Secret', 'SigningSecret').properties.KmsKeyId).toEqual(key);
  for (const { properties } of resourcesOf(template, 'AWS::SQS::Queue')) expect(properties.KmsMasterKeyId).toEqual(key);
});

describe('in a pipeline', () => {
  const { template, created } = synthPipeline({ webhooks: {} });

  test('the API has the routes, with the methods of each', () => {
    const { ALLOWED_METHODS } = resourceOf(template, 'AWS::Lambda::Function', 'ManageWebhooks').properties.Environment.Variables;
    expect(JSON.parse(ALLOWED_METHODS)).toEqual({
      '/webhooks': 'GET, HEAD, POST',
      '/webhooks/{webhookId}': 'DELETE, GET, HEAD, PATCH',
      '/webhooks/{webhookId}/secret': 'GET, HEAD, POST',
      '/webhooks/{webhookId}/deliveries': 'GET, HEAD',
      '/webhooks/{webhookId}/deliveries/{eventId}': 'GET, HEAD',
      '/webhooks/{webhookId}/deliveries/{eventId}/redeliver': 'POST',
    });
    const paths = created.ingest._api.gateway.routes.map(({ path }) => path).filter((path) => path.startsWith('/webhooks'));
    expect(paths).toHaveLength(6);
  });

  test('an alarm is raised when a webhook is disabled, and both dead-letter queues have theirs', () => {
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ id }) => id).filter((id) => id.includes('Webhook'));
    for (const name of ['DisabledWebhooks', 'WebhookEventDeadLetterQueue', 'DeliveryDeadLetterQueue']) expect(alarms.filter((id) => id.includes(name)).length).toBeGreaterThan(0);
  });

  test('both dead-letter queues can be redriven', () => {
    const { REDRIVE_ROUTES } = resourceOf(template, 'AWS::Lambda::Function', 'RedriveDeadLetters').properties.Environment.Variables;
    for (const name of ['webhook-events', 'webhook-deliveries']) expect(JSON.stringify(REDRIVE_ROUTES)).toContain(name);
  });

  test('nothing of it is there without the prop', () => {
    const without = synthPipeline(UNWATCHED);
    expect(without.created.webhooks).toBeUndefined();
    expect(resourcesOf(without.template).filter(({ id }) => id.includes('Webhook'))).toEqual([]);
  });

  test('the routes are left out on request, and have an authentication of their own on request', () => {
    const alone = synthPipeline({ ...UNWATCHED, webhooks: { managementApi: false, endpoints: [ENDPOINT] } });
    expect(alone.created.webhooks!.manageWebhooksFunction).toBeUndefined();
    const own = synthPipeline({ ...UNWATCHED, webhooks: {}, routeAuthentication: { manageWebhooks: OrderAuthentication.iam() } });
    const methods = resourcesOf(own.template, 'AWS::ApiGateway::Method').filter(({ id, properties }) => id.includes('webhooks') && properties.HttpMethod === 'ANY');
    expect(new Set(methods.map(({ properties }) => properties.AuthorizationType))).toEqual(new Set(['AWS_IAM']));
  });

  test('files have an alert topic of their own', () => {
    const { template: own } = synthPipeline((stack) => ({ ...UNWATCHED, webhooks: {}, alertTopic: new Topic(stack, 'FileAlerts') }));
    expect(resourceOf(own, 'AWS::Lambda::Function', 'DeliverWebhooks').properties.Environment.Variables).not.toHaveProperty('ALERT_TOPIC_ARN');
  });

  test('errors name the prop of the pipeline', () => {
    expect(() => new OrderPipeline(new Stack(), 'Orders', { webhooks: { maxWebhooks: 0 } })).toThrow('Default/Orders: `webhooks.maxWebhooks` must be an integer between 1 and 100, got 0');
  });
});

describe('fails when', () => {
  test.each<[string, OrderWebhooksOptions, string]>([
    ['a URL has no TLS', { endpoints: [{ ...ENDPOINT, url: 'http://erp.example.com' }] }, '`endpoints.erp.url` must begin with https://, got http://erp.example.com; use TLS, or set `allowHttp`'],
    ['a URL is none', { endpoints: [{ ...ENDPOINT, url: 'erp.example.com' }] }, '`endpoints.erp.url` must be an absolute URL of at most 2048 characters, got erp.example.com'],
    ['a URL is of another scheme', { endpoints: [{ ...ENDPOINT, url: 'ftp://erp.example.com' }], allowHttp: true }, '`endpoints.erp.url` must begin with https://, got ftp://erp.example.com'],
    ['a URL has credentials', { endpoints: [{ ...ENDPOINT, url: 'https://a:b@erp.example.com' }] }, '`endpoints.erp.url` must have neither credentials nor a fragment; receivers verify the signature of requests instead'],
    ...['10.0.0.1', '127.1', '0x7f000001', '169.254.169.254', '[::1]', '[::ffff:10.0.0.1]', '[fd00::1]', 'localhost', 'api.internal'].map((host): [string, OrderWebhooksOptions, string] => [
      `the host is ${host}`, { endpoints: [{ ...ENDPOINT, url: `https://${host}/` }] },
      `\`endpoints.erp.url\` must have a public host, got ${new URL(`https://${host}`).hostname}, which is private, loopback, link-local or special; add its network to \`allowedNetworks\` if that is on purpose`,
    ]),
    ['an ID is wrong', { endpoints: [{ ...ENDPOINT, webhookId: 'wh_1' }] }, '`endpoints.webhookId` must have 1 to 64 of A-Z a-z 0-9 _ - and not begin with wh_, got wh_1'],
    ['an ID is there twice', { endpoints: [ENDPOINT, ENDPOINT] }, '`endpoints.webhookId` must be unique, got erp again'],
    ['a filter is empty', { endpoints: [{ ...ENDPOINT, eventTypes: [] }] }, '`endpoints.erp.eventTypes` must have 1 to 50 entries, got none'],
    ['a filter cannot match', { endpoints: [{ ...ENDPOINT, eventTypes: ['OrderRejected'], currencies: ['EUR'] }] }, '`endpoints.erp.currencies` cannot be set for OrderRejected, which do not include the order'],
    ['there are no tenants', { endpoints: [{ ...ENDPOINT, tenants: ['acme'] }] }, '`endpoints.erp.tenants` cannot be set without `tenants` of the pipeline'],
    ['the concurrency is too high', { endpoints: [{ ...ENDPOINT, maxConcurrency: 51 }] }, '`endpoints.erp.maxConcurrency` must be an integer between 1 and 50, got 51'],
    ['the total is negative', { endpoints: [{ ...ENDPOINT, minimumTotal: -1 }] }, '`endpoints.erp.minimumTotal` must be an integer between 0 and 9007199254740991, got -1'],
    ['a description is too long', { endpoints: [{ ...ENDPOINT, description: 'x'.repeat(257) }] }, '`endpoints.erp.description` must have at most 256 characters, got 257'],
    ['a network is none', { allowedNetworks: ['10.0.0.0/33'] }, '`allowedNetworks` must be networks such as 10.0.0.0/16, got 10.0.0.0/33'],
    ['requests may take too long', { requestTimeout: Duration.seconds(31) }, '`requestTimeout` must be between 1 second and 30 seconds, got 31 seconds'],
    ['an invocation is too short', { deliverWebhooks: { timeout: Duration.seconds(20) } }, '`deliverWebhooks.timeout` must be at least 15 seconds longer than `requestTimeout` (10 seconds), got 20 seconds'],
    ['retries take too long', { retryDuration: Duration.days(15) }, '`retryDuration` must be between 1 minute and 14 days, got 15 days'],
    ['the list ends before the retries', { retryDuration: Duration.days(5), deliveryRetention: Duration.days(5) }, '`deliveryRetention` must be longer than `retryDuration` (5 days), got 5 days'],
    ['disabling is too early', { disableAfter: Duration.minutes(59) }, '`disableAfter` must be between 1 hour and 90 days, got 59 minutes'],
    ['the overlap is too short', { secretOverlap: Duration.seconds(59) }, '`secretOverlap` must be between 1 minute and 30 days, got 59 seconds'],
    ['the payload is too large', { maxPayloadSize: Size.kibibytes(257) }, '`maxPayloadSize` must be between 1 KiB and 256 KiB, got 263168 bytes'],
    ['there is nothing', { managementApi: false, endpoints: [] }, '`endpoints` must have at least one entry when `managementApi` is false, got none'],
    ['an option of the API has no effect', { managementApi: false, maxWebhooks: 5 }, '`maxWebhooks` cannot be set when `managementApi` is false'],
    ['there is no API', { managementApi: true }, '`managementApi` needs `ingest`, whose API gets the routes'],
    ['an option of a queue is wrong', { createWebhookDeliveries: { batchSize: 11 } }, '`createWebhookDeliveries.batchSize` must be an integer between 1 and 10, got 11'],
  ])('%s', (_, props, message) => {
    expect(() => synthWebhooks(props)).toThrow(`Test/Webhooks: ${message}`);
  });

  test('a topic is FIFO', () => {
    expect(() => synthWebhooks((stack) => ({ alertTopic: new Topic(stack, 'Alerts', { fifo: true }) }))).toThrow('`alertTopic` must be a standard topic, got a FIFO topic');
  });

  test('routes are wanted and not', () => {
    expect(() => synthWebhooks((stack) => ({ managementApi: false, ingest: new RealtimeOrderIngest(stack, 'Ingest', { eventBus: new EventBus(stack, 'Own') }) })))
      .toThrow('`ingest` cannot be set when `managementApi` is false');
  });

  test('the settings are too long for the environment of a function', () => {
    const endpoints = Array.from({ length: 40 }, (_, index) => ({ webhookId: `receiver-${index}`, url: `https://receiver-${index}.example.com/webhooks/orders`, currencies: ['EUR', 'USD'] }));
    const { stack } = synthWebhooks({ endpoints: [ENDPOINT] });
    expect(() => new OrderWebhooks(stack, 'Many', { eventBus: EventBus.fromEventBusName(stack, 'Other', 'other'), pipelineId: 'other', acceptEventsWithoutPipeline: true, endpoints })
      .node.findAll().flatMap(({ node }) => node.validate()).forEach((error) => { throw new Error(error); }))
      .toThrow(/must have at most 4096 bytes.*WEBHOOK_ENDPOINTS has \d+; list fewer `endpoints`, with shorter filters, and create the other webhooks over the API/);
  });
});

test('private hosts are accepted where the app allows their network', () => {
  const { stack } = synthWebhooks({ allowHttp: true, allowedNetworks: ['10.1.0.0/16'], endpoints: [{ ...ENDPOINT, url: 'http://10.1.2.3/' }] });
  expect(Annotations.fromStack(stack).findError('*', '*')).toEqual([]);
  expect(() => synthWebhooks({ allowHttp: true, allowedNetworks: ['10.1.0.0/16'], endpoints: [{ ...ENDPOINT, url: 'http://10.2.2.3/' }] })).toThrow('must have a public host, got 10.2.2.3');
});

test('tokens are accepted', () => {
  const { template } = synthWebhooks((stack) => {
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    return { requestTimeout: Duration.seconds(seconds), endpoints: [{ ...ENDPOINT, minimumTotal: new CfnParameter(stack, 'Total', { type: 'Number' }).valueAsNumber }] };
  });
  const { Variables } = resourceOf(template, 'AWS::Lambda::Function', 'DeliverWebhooks').properties.Environment;
  expect(idOf(Variables.WEBHOOK_SETTINGS['Fn::Join'][1].find((part: unknown) => typeof part === 'object'))).toBe('Seconds');
  expect(idOf(Variables.WEBHOOK_ENDPOINTS['Fn::Join'][1].find((part: unknown) => typeof part === 'object'))).toBe('Total');
});
