import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SecurityGroup, SubnetType, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { allParts } from '../support/all-parts';
import { PIPELINE_HANDLERS } from '../support/pipeline-handlers';
import { synthUnwatched } from '../support/synth';
import { pascalCase, resourceOf, resourcesOf, roleStatements } from '../support/template';
import { testApp } from '../support/test-app';
import { OrderAuthentication, OrderPipeline, RealtimeOrderIngest, type VpcOptions } from 'cdk-order-pipeline';

const HANDLERS: readonly string[] = PIPELINE_HANDLERS;
const PRIVATE = ['subnet-a', 'subnet-b'];

/** An existing VPC: its private, isolated and public subnets. */
const vpcWith = (
  stack: Stack, { privates = PRIVATE, isolated = [], publics = ['subnet-public'] }: { privates?: string[]; isolated?: string[]; publics?: string[] } = {},
): IVpc => {
  const routeTables = (ids: readonly string[]) => ids.map((id) => `rtb-${id}`);
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['zone-a'],
    privateSubnetIds: privates,
    privateSubnetRouteTableIds: routeTables(privates),
    isolatedSubnetIds: isolated,
    isolatedSubnetRouteTableIds: routeTables(isolated),
    publicSubnetIds: publics,
    publicSubnetRouteTableIds: routeTables(publics),
  });
};

const groupIn = (stack: Stack, id = 'sg-1') => SecurityGroup.fromSecurityGroupId(stack, id, id);
const vpcConfigs = (template: Template) =>
  Object.fromEntries(HANDLERS.map((name) => [name, resourceOf(template, 'AWS::Lambda::Function', pascalCase(name)).properties.VpcConfig]));
const forAll = (config: unknown) => Object.fromEntries(HANDLERS.map((name) => [name, config]));

describe('a pipeline with a VPC', () => {
  const { template, created } = synthUnwatched((stack) => ({ ...allParts(stack), vpc: vpcWith(stack) }));
  const [group, ...others] = resourcesOf(template, 'AWS::EC2::SecurityGroup');

  test('has all functions in its private subnets, with one security group', () => {
    expect(others).toEqual([]);
    expect(vpcConfigs(template)).toEqual(forAll({ SubnetIds: PRIVATE, SecurityGroupIds: [{ 'Fn::GetAtt': [group.id, 'GroupId'] }] }));
    expect(created.securityGroups).toHaveLength(1);
  });

  test('allows the functions HTTPS, and no inbound connections', () => {
    expect(group.properties).toMatchObject({
      VpcId: 'vpc-1', SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
    });
    expect(group.properties).not.toHaveProperty('SecurityGroupIngress');
    expect(resourcesOf(template, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  test.each(HANDLERS)('lets Lambda manage the network interfaces of %s, and not its code', (name) => {
    const statements = roleStatements(template, pascalCase(name)).filter(({ actions }) => actions.some((action) => action.startsWith('ec2:')));
    const actions = expect.arrayContaining([
      'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ]);
    expect(statements).toEqual([
      expect.objectContaining({ effect: 'Allow', actions, resources: ['*'], condition: undefined }),
      expect.objectContaining({ effect: 'Deny', actions, resources: ['*'], condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } }),
    ]);
    expect(statements[0].actions).toEqual(statements[1].actions);
  });

  test('creates functions after the policy with these permissions, and removes them before it', () => {
    for (const name of HANDLERS) {
      const { id } = resourceOf(template, 'AWS::Lambda::Function', pascalCase(name));
      expect(template.toJSON().Resources[id].DependsOn).toContain(resourceOf(template, 'AWS::IAM::Policy', `${pascalCase(name)}RoleDefaultPolicy`).id);
    }
  });
});

test('without a VPC, functions have none, and no permission for network interfaces', () => {
  const { template, created } = synthUnwatched(allParts);
  expect(vpcConfigs(template)).toEqual(forAll(undefined));
  expect(JSON.stringify(template.toJSON())).not.toContain('ec2:');
  expect(created.securityGroups).toEqual([]);
});

test('subnets and security groups can be selected', () => {
  const { template, created } = synthUnwatched((stack) => ({
    ...allParts(stack),
    vpc: vpcWith(stack, { isolated: ['subnet-i'] }),
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [groupIn(stack, 'sg-1'), groupIn(stack, 'sg-2')],
  }));
  expect(vpcConfigs(template)).toEqual(forAll({ SubnetIds: ['subnet-i'], SecurityGroupIds: ['sg-1', 'sg-2'] }));
  expect(resourcesOf(template, 'AWS::EC2::SecurityGroup')).toEqual([]);
  expect(created.securityGroups.map(({ securityGroupId }) => securityGroupId)).toEqual(['sg-1', 'sg-2']);
});

test('a VPC with isolated subnets only is accepted', () => {
  const { template } = synthUnwatched((stack) => ({ ...allParts(stack), vpc: vpcWith(stack, { privates: [], isolated: ['subnet-i'] }) }));
  expect(vpcConfigs(template)).toMatchObject(forAll({ SubnetIds: ['subnet-i'] }));
});

test('a VPC of the app can be in another stack', () => {
  const app = testApp();
  const { vpc } = new class extends Stack {
    public readonly vpc = new Vpc(this, 'Vpc');
  }(app, 'Network');
  const stack = new Stack(app, 'Test');
  new OrderPipeline(stack, 'Orders', { vpc });
  expect(resourceOf(Template.fromStack(stack), 'AWS::Lambda::Function', 'ReceiveOrder').properties.VpcConfig.SubnetIds).toHaveLength(2);
  expect(stack.dependencies.map(({ node }) => node.id)).toEqual(['Network']);
});

test('a VPC whose lookup is pending is accepted', () => {
  const create = (app: App) => {
    const stack = new Stack(app, 'Test', { env: { account: '111111111111', region: 'eu-central-1' } });
    new OrderPipeline(stack, 'Orders', { vpc: Vpc.fromLookup(stack, 'Vpc', { isDefault: true }) });
    return app.synth().manifest.missing;
  };
  expect(create(testApp())).toMatchObject([{ provider: 'vpc-provider' }]);
});

test('a construct on its own has one security group for its functions', () => {
  const stack = new Stack(testApp(), 'Test');
  new RealtimeOrderIngest(stack, 'Ingest', { eventBus: new EventBus(stack, 'Bus'), vpc: vpcWith(stack) });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
  const groups = resourcesOf(template, 'AWS::Lambda::Function').map(({ properties }) => JSON.stringify(properties.VpcConfig.SecurityGroupIds));
  expect(groups).toHaveLength(2);
  expect(new Set(groups).size).toBe(1);
});

const OTHER_REGION = { account: '111111111111', region: 'us-east-1' };
const REFUSED: [name: string, props: (stack: Stack) => VpcOptions, error: string][] = [
  ['subnets without a VPC', () => ({ vpcSubnets: {} }), '`vpcSubnets` cannot be set without `vpc`'],
  ['security groups without a VPC', (stack) => ({ securityGroups: [groupIn(stack)] }), '`securityGroups` cannot be set without `vpc`'],
  ['no security groups', (stack) => ({ vpc: vpcWith(stack), securityGroups: [] }), '`securityGroups` must contain 1 to 5 security groups, got 0; omit it for a new one'],
  ['six security groups', (stack) => ({ vpc: vpcWith(stack), securityGroups: [1, 2, 3, 4, 5, 6].map((index) => groupIn(stack, `sg-${index}`)) }), 'got 6'],
  ['public subnets', (stack) => ({ vpc: vpcWith(stack), vpcSubnets: { subnetType: SubnetType.PUBLIC } }),
    '`vpcSubnets` must not be public subnets, because functions in public subnets cannot access AWS; select private ones with a NAT gateway, or isolated ones'],
  ['a VPC with public subnets only', (stack) => ({ vpc: vpcWith(stack, { privates: [] }) }), '`vpc` must have private or isolated subnets, because'],
  ['17 subnets', (stack) => ({ vpc: vpcWith(stack, { privates: [...Array(17).keys()].map((index) => `subnet-${index}`), publics: [] }) }), '`vpcSubnets` must be 1 to 16 subnets, got 17'],
  ['no subnets', (stack) => ({ vpc: vpcWith(stack), vpcSubnets: { availabilityZones: ['zone-b'] } }), '`vpcSubnets` must be 1 to 16 subnets, got 0'],
  ['a VPC of another region', (stack) => ({ vpc: new Vpc(new Stack(stack.node.root, 'Network', { env: OTHER_REGION }), 'Vpc') }),
    '`vpc` must be in the region of the stack, got 111111111111, us-east-1; use a VPC of the region'],
  ['a security group of another region', (stack) => ({ vpc: vpcWith(stack), securityGroups: [groupIn(new Stack(stack.node.root, 'Network', { env: OTHER_REGION }))] }),
    '`securityGroups[0]` must be in the region of the stack, got 111111111111, us-east-1; use a security group of the VPC'],
];

test.each(REFUSED)('fails with %s', (_, props, error) => {
  const stack = new Stack(testApp(), 'Test', { env: { account: '111111111111', region: 'eu-central-1' } });
  expect(() => new OrderPipeline(stack, 'Orders', props(stack))).toThrow(`Test/Orders: ${error.startsWith('got') ? '`securityGroups` must contain 1 to 5 security groups, got 6' : error}`);
});

describe('the guide', () => {
  const SERVICES = {
    'SQS': 'sqs',
    'DynamoDB': 'dynamodb',
    'EventBridge': 'events',
    'S3': 's3',
    'SNS': 'sns',
    'Lambda': 'lambda',
    'Kinesis': 'kinesis',
    'Systems Manager': 'ssm',
    'Secrets Manager': 'secretsmanager',
    'the WebSocket API': 'execute-api',
    'AppSync': 'appsync',
  };
  const stack = new Stack(testApp(), 'Test');
  // With the features that add services: a validation hook, published reads, and orders of customers.
  new OrderPipeline(stack, 'Orders', {
    ...allParts(stack),
    validationHook: Function.fromFunctionName(stack, 'Hook', 'hook'),
    auditReads: true,
    customerClaim: 'sub',
    authentication: OrderAuthentication.cognito({ userPools: [UserPool.fromUserPoolId(stack, 'Users', 'eu-central-1_users')] }),
  });
  const template = Template.fromStack(stack);
  const document = readFileSync(join(__dirname, '../../docs/addresses.md'), 'utf8');

  /** The services that a handler calls: its permissions, without those by which Lambda itself reads event sources and reports failures. */
  const servicesOf = (name: string) => {
    const calls = roleStatements(template, pascalCase(name)).flatMap(({ actions }) => actions).filter((action) => !isOfLambda(name, action));
    const prefixes = new Set(calls.map((action) => action.split(':')[0]));
    const outside = name === 'authorize-live-connection' ? ['the issuer of tokens'] : [];
    return [...outside, ...Object.entries(SERVICES).filter(([, prefix]) => prefixes.has(prefix)).map(([service]) => service)];
  };
  const isOfLambda = (name: string, action: string) =>
    /^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/.test(action)
    || (name === 'expire-pending-commands' && action === 'sqs:SendMessage')
    || (name !== 'redrive-dead-letters' && /^sqs:(ReceiveMessage|GetQueueUrl|GetQueueAttributes)$/.test(action));

  test.each(HANDLERS)('lists the services of %s', (name) => {
    const row = new RegExp(`^\\| \`${name}\` \\| (.*) \\|$`, 'm').exec(document)?.[1];
    expect(row?.split(', ').map((service) => service.replace(/ \(.*\)$/, ''))).toEqual(servicesOf(name));
  });
});
