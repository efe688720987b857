import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Aspects, CfnOutput, CfnResource, DefaultStackSynthesizer, NestedStack, PermissionsBoundary, RemovalPolicies, Stack, Stage, Tags, type App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { DomainName, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { InterfaceVpcEndpoint, SecurityGroup, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { BatchFileIngest, OrderApi, OrderAuthentication, OrderEventRule, OrderPipeline, OrderPipelineMonitoring, OrderQueries, type OrderPipelineProps } from '../../src';
import { UNWATCHED } from '../support/synth';
import { resourcesOf } from '../support/template';
import { testApp } from '../support/test-app';

const HERE = { account: '111111111111', region: 'eu-central-1' };
const OTHER_ACCOUNT = '222222222222';
const OTHER_REGION = 'us-east-1';

const stackIn = (app: IConstruct, id = 'Shop') => new Stack(app, id, { env: HERE });
const pipeline = (stack: IConstruct, props: OrderPipelineProps = {}) => new OrderPipeline(stack, 'Orders', { ...UNWATCHED, ...props });
const arnOf = (service: string, resource: string, { account = HERE.account, region = HERE.region }) => `arn:aws:${service}:${region}:${account}:${resource}`;
const withProps = (props: (stack: Stack) => OrderPipelineProps) => (app: App) => {
  const stack = stackIn(app);
  pipeline(stack, props(stack));
};

/** The ARN of a table with a stream. */
const tableIn = (stack: Stack, id: string, env: object) => {
  const tableArn = arnOf('dynamodb', 'table/orders', env);
  return TableV2.fromTableAttributes(stack, id, { tableArn, tableStreamArn: `${tableArn}/stream/1` });
};

/** CDK features and imported resources that work: the row of the document, and what to check. */
const WORKS: Record<string, (app: App) => unknown> = {
  '`Role.customizeRoles`': (app) => {
    Role.customizeRoles(app);
    const stack = stackIn(app);
    pipeline(stack);
    expect(resourcesOf(Template.fromStack(stack), 'AWS::IAM::Role').filter(({ id }) => id.startsWith('Orders'))).toEqual([]);
  },
  '`Role.customizeRoles` with `usePrecreatedRoles`': (app) => {
    const stack = stackIn(app);
    Role.customizeRoles(stack, { usePrecreatedRoles: { 'Shop/Orders/Ingest/ReceiveOrderRole': 'receive-order', 'Shop/Orders/Ingest/Api/CloudWatchRole': 'logs' } });
    pipeline(stack);
    expect(JSON.stringify(resourcesOf(Template.fromStack(stack), 'AWS::Lambda::Function'))).toContain(':role/receive-order');
  },
  'permissions boundary of a stack or a Stage': (app) => {
    const stack = new Stack(new Stage(app, 'Prod', { permissionsBoundary: PermissionsBoundary.fromName('boundary') }), 'Shop');
    pipeline(stack);
    const roles = resourcesOf(Template.fromStack(stack), 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(17);
    for (const { properties } of roles) expect(JSON.stringify(properties.PermissionsBoundary)).toContain(':policy/boundary');
  },
  'tags': (app) => {
    const stack = stackIn(app);
    pipeline(stack);
    Tags.of(app).add('team', 'shop');
    for (const type of ['AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::S3::Bucket']) {
      for (const { properties } of resourcesOf(Template.fromStack(stack), type)) expect(properties.Tags).toContainEqual({ Key: 'team', Value: 'shop' });
    }
  },
  'Aspects, such as `RemovalPolicies`': (app) => {
    const stack = stackIn(app);
    pipeline(stack);
    RemovalPolicies.of(stack).destroy();
    Aspects.of(stack).add({ visit: (node) => { if (CfnResource.isCfnResource(node)) node.addMetadata('checked', true); } });
    Template.fromStack(stack).allResources('AWS::SQS::Queue', { DeletionPolicy: 'Delete', Metadata: Match.objectLike({ checked: true }) });
  },
  'Stage': (app) => {
    const stacks = ['Dev', 'Prod'].map((stage) => stackIn(new Stage(app, stage)));
    expect(stacks.map((stack) => pipeline(stack).pipelineId)).toEqual(['Dev-Shop/Orders', 'Prod-Shop/Orders']);
  },
  'nested stack': (app) => {
    const stack = stackIn(app);
    const { events, ingest } = pipeline(new NestedStack(stack, 'Nested'));
    events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(stack, 'Queue')), crossStackScope: stack });
    new CfnOutput(stack, 'Url', { value: ingest.url });
    expect(resourcesOf(Template.fromStack(stack)).map(({ type }) => type)).toEqual(expect.arrayContaining(['AWS::CloudFormation::Stack', 'AWS::Events::Rule']));
  },
  'pipeline in a nested stack with the bus of the parent stack': (app) => {
    const stack = stackIn(app);
    pipeline(new NestedStack(stack, 'Nested'), { eventBus: new EventBus(stack, 'Bus') });
    Template.fromStack(stack);
  },
  '`crossRegionReferences`': (app) => {
    const [one, two] = [HERE.region, OTHER_REGION].map((region) => new Stack(app, region, { env: { ...HERE, region }, crossRegionReferences: true }));
    new CfnOutput(two, 'Url', { value: pipeline(one).ingest.url });
    Template.fromStack(two);
  },
  'another bootstrap qualifier': (app) => {
    const stack = new Stack(app, 'Shop', { env: HERE, synthesizer: new DefaultStackSynthesizer({ qualifier: 'shop' }) });
    pipeline(stack);
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).toContain('cdk-shop-assets');
  },
  'imported bus of the account and region': withProps((stack) => ({
    eventBus: EventBus.fromEventBusArn(stack, 'Bus', arnOf('events', 'event-bus/shared', {})), acceptEventsWithoutPipeline: true,
  })),
  'imported tables of the account and region': withProps((stack) => ({ ordersTable: tableIn(stack, 'Table', {}), sequenceTable: tableIn(stack, 'Sequences', {}) })),
  'imported key of another account': (app) => {
    const stack = stackIn(app);
    pipeline(stack, { encryptionKey: Key.fromKeyArn(stack, 'Key', arnOf('kms', 'key/1', { account: OTHER_ACCOUNT })) });
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('the policy of the imported `encryptionKey` cannot be changed'));
  },
  'validation hook of another account': withProps((stack) => ({
    validationHook: Lambda.fromFunctionArn(stack, 'Hook', arnOf('lambda', 'function:hook', { account: OTHER_ACCOUNT })),
  })),
  'alarm topic of another account': withProps((stack) => ({
    monitoring: { alarmTopic: Topic.fromTopicArn(stack, 'Topic', arnOf('sns', 'alarms', { account: OTHER_ACCOUNT })), dashboard: false },
  })),
  'alert topic of another account': withProps((stack) => ({ alertTopic: Topic.fromTopicArn(stack, 'Topic', arnOf('sns', 'alerts', { account: OTHER_ACCOUNT })) })),
  'imported REST API or HTTP API': (app) => {
    const [rest, http] = ['Rest', 'Http'].map((id) => stackIn(app, id));
    const restApi = RestApi.fromRestApiAttributes(rest, 'Api', { restApiId: 'api-1', rootResourceId: 'root' });
    pipeline(rest, { api: OrderApi.fromRestApi(restApi, { stageName: 'live' }) });
    const httpApi = HttpApi.fromHttpApiAttributes(http, 'Api', { httpApiId: 'api-2' });
    pipeline(http, { api: OrderApi.fromHttpApi(httpApi), authentication: OrderAuthentication.iam() });
    Template.fromStack(rest).resourceCountIs('AWS::ApiGateway::RestApi', 0);
    Template.fromStack(http).resourceCountIs('AWS::ApiGatewayV2::Api', 0);
  },
  'custom domain name of the app or imported': (app) => {
    const stack = stackIn(app);
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', arnOf('acm', 'certificate/1', {}));
    const { name } = new DomainName(stack, 'Domain', { domainName: 'shop.example.com', certificate });
    for (const [id, domainName] of Object.entries({ OfApp: name, Imported: 'orders.example.com' })) pipeline(stackIn(app, id), { domain: { domainName } });
    Template.fromStack(stack).resourceCountIs('AWS::ApiGatewayV2::DomainName', 1);
  },
  'VPC of the app, imported or looked up': (app) => {
    const attributes = { vpcId: 'vpc-1', availabilityZones: ['eu-central-1a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'] };
    const vpcs: Record<string, (stack: Stack) => IVpc> = {
      OfApp: (stack) => new Vpc(stack, 'Vpc'),
      Imported: (stack) => Vpc.fromVpcAttributes(stack, 'Vpc', attributes),
      LookedUp: (stack) => Vpc.fromLookup(stack, 'Vpc', { isDefault: true }),
    };
    const stacks = Object.entries(vpcs).map(([id, vpc]) => {
      const stack = stackIn(app, id);
      pipeline(stack, { vpc: vpc(stack) });
      return stack;
    });
    for (const stack of stacks) Template.fromStack(stack).allResourcesProperties('AWS::Lambda::Function', { VpcConfig: Match.anyValue() });
  },
  'target of a subscription in another region': (app) => {
    const stack = stackIn(app);
    const target = Lambda.fromFunctionArn(new Stack(app, 'Other', { env: { ...HERE, region: OTHER_REGION } }), 'Target', arnOf('lambda', 'function:f', { region: OTHER_REGION }));
    pipeline(stack).events.onOrderConfirmed('Shipping', { target: new LambdaFunction(target) });
    app.synth();
  },
  'subscription of another app': (app) => {
    const stack = stackIn(app, 'Shipping');
    new OrderEventRule(stack, 'Confirmed', {
      eventBus: EventBus.fromEventBusName(stack, 'Bus', 'orders'), pipelineId: 'Shop/Orders', eventType: 'OrderConfirmed', target: new SqsQueue(new Queue(stack, 'Queue')),
    });
    Template.fromStack(stack).resourceCountIs('AWS::Events::Rule', 1);
  },
  'monitoring in another stack': (app) => {
    const stack = stackIn(app, 'Operations');
    new OrderPipelineMonitoring(stack, 'Monitoring', { parts: pipeline(stackIn(app)).parts });
    Template.fromStack(stack);
  },
};

const inAccount = (resource: string, prop: string) => `\`${prop}\` must be in the account and region of the stack, got ${resource}; `;
const inRegion = (prop: string) => `\`${prop}\` must be in the region of the stack, got ${HERE.account}, ${OTHER_REGION}; `;
const FOREIGN_ACCOUNT = `${OTHER_ACCOUNT}, ${HERE.region}`;
const FOREIGN_REGION = `${HERE.account}, ${OTHER_REGION}`;

/** What is refused: the row of the document, the app and the beginning of the error. */
const REFUSED: Record<string, [create: (app: App) => unknown, message: string][]> = {
  'bus of another account or region': [
    [withProps((stack) => ({ eventBus: EventBus.fromEventBusArn(stack, 'Bus', arnOf('events', 'event-bus/b', { account: OTHER_ACCOUNT })) })), inAccount(FOREIGN_ACCOUNT, 'eventBus')],
    [withProps((stack) => ({ eventBus: EventBus.fromEventBusArn(stack, 'Bus', arnOf('events', 'event-bus/b', { region: OTHER_REGION })) })), inAccount(FOREIGN_REGION, 'eventBus')],
  ],
  'table of another account or region': [
    [withProps((stack) => ({ ordersTable: tableIn(stack, 'Table', { account: OTHER_ACCOUNT }) })), inAccount(FOREIGN_ACCOUNT, 'ordersTable')],
    [withProps((stack) => ({ sequenceTable: tableIn(stack, 'Table', { region: OTHER_REGION }) })), inAccount(FOREIGN_REGION, 'sequenceTable')],
    ...(['historyTable', 'filesTable'] as const).map((prop): [(app: App) => unknown, string] => [(app) => {
      const { ingest, processor } = pipeline(stackIn(app), { fileIngest: false, history: false });
      new OrderQueries(Stack.of(ingest), 'Queries', { ingest, ordersTable: processor.ordersTable, [prop]: tableIn(Stack.of(ingest), 'Table', { account: OTHER_ACCOUNT }) });
    }, inAccount(FOREIGN_ACCOUNT, prop)]),
  ],
  'bucket of another account or region': [
    [withProps((stack) => ({ bucket: Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'files', account: OTHER_ACCOUNT }) })), inAccount(FOREIGN_ACCOUNT, 'bucket')],
    [withProps((stack) => ({ bucket: Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'files', region: OTHER_REGION }) })), inAccount(FOREIGN_REGION, 'bucket')],
  ],
  'orders queue of another account or region': [[(app) => {
    const stack = stackIn(app);
    const ordersQueue = Queue.fromQueueArn(stack, 'Queue', arnOf('sqs', 'orders.fifo', { account: OTHER_ACCOUNT }));
    new BatchFileIngest(stack, 'Files', { eventBus: new EventBus(stack, 'Bus'), ordersQueue });
  }, inAccount(FOREIGN_ACCOUNT, 'ordersQueue')]],
  'key of another region': [[withProps((stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', arnOf('kms', 'key/1', { region: OTHER_REGION })) })), inRegion('encryptionKey')]],
  'validation hook of another region': [[
    withProps((stack) => ({ validationHook: Lambda.fromFunctionArn(stack, 'Hook', arnOf('lambda', 'function:hook', { region: OTHER_REGION })) })), inRegion('validationHook'),
  ]],
  'alert topic of another region': [[
    withProps((stack) => ({ alertTopic: Topic.fromTopicArn(stack, 'Topic', arnOf('sns', 'alerts', { region: OTHER_REGION })) })), inRegion('alertTopic'),
  ]],
  'alarm topic of another region': [[
    withProps((stack) => ({ monitoring: { alarmTopic: Topic.fromTopicArn(stack, 'Topic', arnOf('sns', 'alarms', { region: OTHER_REGION })) } })), inRegion('alarmTopic'),
  ]],
  'dead-letter queue of a subscription in another region': [[(app) => {
    const stack = stackIn(app);
    const deadLetterQueue = Queue.fromQueueArn(stack, 'Queue', arnOf('sqs', 'dead', { region: OTHER_REGION }));
    pipeline(stack).events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(stack, 'Target')), deadLetterQueue });
  }, inRegion('deadLetterQueue')]],
  'web ACL of another region': [[
    withProps(() => ({ webAclArn: arnOf('wafv2', 'regional/webacl/shop/1', { region: OTHER_REGION }) })),
    `\`webAclArn\` must be of a web ACL in the region of the stack, ${HERE.region}, got ${OTHER_REGION}`,
  ]],
  'API of another stack, account or region': [
    [withProps((stack) => ({ api: OrderApi.fromRestApi(new RestApi(new Stack(stack.node.root, 'Other', { env: HERE }), 'Api')) })), '`api` must be an API of the stack, got Other/Api'],
    ...[{ ...HERE, account: OTHER_ACCOUNT }, { ...HERE, region: OTHER_REGION }].map((env): [(app: App) => unknown, string] => [withProps((stack) => {
      const restApi = RestApi.fromRestApiAttributes(new Stack(stack.node.root, 'Other', { env }), 'Api', { restApiId: 'api-1', rootResourceId: 'root' });
      return { api: OrderApi.fromRestApi(restApi, { stageName: 'live' }) };
    }), inAccount(`${env.account}, ${env.region}`, 'api')]),
  ],
  'certificate of another region': [[
    withProps((stack) => ({
      domain: {
        domainName: 'orders.example.com',
        certificate: Certificate.fromCertificateArn(stack, 'Certificate', arnOf('acm', 'certificate/1', { region: OTHER_REGION })),
      },
    })), `\`domain.certificate\` must be in the region of the stack, got ${OTHER_REGION}`,
  ]],
  'VPC endpoint of a private API in another region': [[withProps((stack) => {
    const network = new Stack(stack.node.root, 'Network', { env: { ...HERE, region: OTHER_REGION } });
    const endpoint = InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(network, 'Endpoint', { vpcEndpointId: 'vpce-1', port: 443 });
    return { api: OrderApi.privateRest({ vpcEndpoints: [endpoint] }) };
  }), inRegion('api.vpcEndpoints[0]')]],
  'VPC or security group of another region': [
    [withProps((stack) => ({ vpc: new Vpc(new Stack(stack.node.root, 'Network', { env: { ...HERE, region: OTHER_REGION } }), 'Vpc') })), inRegion('vpc')],
    [withProps((stack) => {
      const network = new Stack(stack.node.root, 'Network', { env: { ...HERE, region: OTHER_REGION } });
      return { vpc: new Vpc(stack, 'Vpc'), securityGroups: [SecurityGroup.fromSecurityGroupId(network, 'Group', 'sg-1')] };
    }), inRegion('securityGroups[0]')],
  ],
  'monitoring in another region': [[(app) => {
    const stack = new Stack(app, 'Operations', { env: { ...HERE, region: OTHER_REGION }, crossRegionReferences: true });
    const orders = new Stack(app, 'Shop', { env: HERE, crossRegionReferences: true });
    new OrderPipelineMonitoring(stack, 'Monitoring', { parts: pipeline(orders).parts });
  }, 'Cannot create an Alarm in region']],
};

test.each(Object.entries(WORKS))('works: %s', (_, check) => {
  const app = testApp();
  check(app);
  expect(() => app.synth()).not.toThrow();
});

test.each(Object.entries(REFUSED))('fails with what to do instead: %s', (_, cases) => {
  for (const [create, message] of cases) expect(() => create(testApp())).toThrow(message);
});

test('the document has a row for every test, and every row has a test', () => {
  const document = readFileSync(join(__dirname, '../../docs/cdk-features.md'), 'utf8');
  const rows = [...document.matchAll(/^\| (?!---)(.+?) \| (works|refused)[^|]* \|.*\|$/gm)].map(([, name, result]) => [name, result]);
  const tested = [...Object.keys(WORKS).map((name) => [name, 'works']), ...Object.keys(REFUSED).map((name) => [name, 'refused'])];
  const others = rows.filter(([name]) => !tested.some(([each]) => each === name)).map(([name]) => name);
  expect(rows.filter(([name]) => !others.includes(name)).sort()).toEqual(tested.sort());
  // These rows name the test file.
  for (const name of others) expect(document).toMatch(new RegExp(`^\\| ${name.replace(/[.*()\`]/g, '\\$&')} .*\`[\\w-]+\\.test\\.ts\` \\|$`, 'm'));
});
