import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { OrderPipeline, type OrderConsoleAccess, type OrderPipelineProps } from '../../../src';

interface Statement { readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: unknown }

/** The statements of a role of operators, by their actions. */
function statementsOf(access?: OrderConsoleAccess, props?: OrderPipelineProps, change?: (pipeline: OrderPipeline, stack: Stack) => void) {
  const stack = new Stack(new App(), 'Shop');
  const pipeline = new OrderPipeline(stack, 'Orders', props);
  const role = new Role(stack, 'Operators', { assumedBy: new AccountRootPrincipal() });
  pipeline.grantOperate(role, access);
  change?.(pipeline, stack);
  const template = Template.fromStack(stack);
  const roleId = Stack.of(role).getLogicalId(role.node.defaultChild as never);
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(roleId));
  const statements: Statement[] = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const withAction = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
  return {
    statements,
    actions: statements.flatMap(({ Action }) => Action).sort(),
    resourcesOf: (action: string) => JSON.stringify(withAction(action).map(({ Resource }) => Resource)),
  };
}

const READS = [
  'cloudformation:DescribeStacks', 'cloudformation:GetTemplate', 'cloudformation:ListStackResources', 'cloudwatch:GetMetricData', 'dynamodb:BatchGetItem',
  'dynamodb:DescribeStream', 'dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:Query', 'dynamodb:Scan',
  's3:GetObject', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage',
];

test('operators read by default', () => {
  expect([...new Set(statementsOf().actions)]).toEqual(READS);
});

test('with allowChanges, operators also redrive, upload files, read the API key, and publish requests', () => {
  const { actions, resourcesOf, statements } = statementsOf({ allowChanges: true });
  expect([...new Set(actions)].filter((action) => !READS.includes(action)))
    .toEqual(['apigateway:GET', 'events:PutEvents', 'lambda:InvokeFunction', 's3:AbortMultipartUpload', 's3:PutObject']);
  expect(resourcesOf('lambda:InvokeFunction')).toMatch(/OrdersRedriveRedriveDeadLetters/);
  expect(resourcesOf('s3:PutObject')).toContain('/incoming/*');
  expect(resourcesOf('apigateway:GET')).toMatch(/\/apikeys\/.*OrdersIngestApiKey/);
  expect(statements.find(({ Action }) => Action === 'events:PutEvents')!.Condition).toEqual({ StringEquals: { 'events:source': 'orders' } });
});

test('no permission is for all resources but that of CloudWatch, which has none for single metrics', () => {
  const { statements } = statementsOf({ allowChanges: true });
  expect(statements.filter(({ Resource }) => [Resource].flat().includes('*')).map(({ Action }) => Action)).toEqual(['cloudwatch:GetMetricData']);
});

test('messages are received from dead-letter queues only', () => {
  const queues = statementsOf().resourcesOf('sqs:ReceiveMessage').match(/Orders\w+Queue[0-9A-F]{8}/g)!;
  expect(queues.length).toBeGreaterThan(8);
  expect(queues.filter((queue) => !/DeadLetterQueue/.test(queue))).toEqual([]);
});

test('files are read from reports, and only the stack of the pipeline is described', () => {
  const { resourcesOf } = statementsOf();
  expect(resourcesOf('s3:GetObject')).toContain('/reports/*');
  expect(resourcesOf('cloudformation:GetTemplate')).toContain(':stack/Shop/*');
  expect(resourcesOf('cloudformation:GetTemplate')).not.toContain('Shop-*');
});

test('a dead-letter queue that the app adds later is included', () => {
  const { resourcesOf } = statementsOf(undefined, undefined, (pipeline, stack) =>
    pipeline.addDeadLetterQueue({ name: 'shipping', deadLetterQueue: new Queue(stack, 'ShippingFailures') }));
  expect(resourcesOf('sqs:ReceiveMessage')).toContain('ShippingFailures');
  expect(resourcesOf('sqs:GetQueueAttributes')).toContain('ShippingFailures');
});

test('without history, files and redrive, there are no permissions for them', () => {
  const { actions } = statementsOf({ allowChanges: true }, { history: false, fileIngest: false, redrive: false });
  expect(actions.filter((action) => /^s3:|^lambda:|Stream|Scan|GetRecords/.test(action))).toEqual([]);
});

test('with a key, operators may decrypt with it', () => {
  const stack = new Stack(new App(), 'Shop', { env: { region: 'eu-central-1' } });
  const pipeline = new OrderPipeline(stack, 'Orders', { encryptionKey: new Key(stack, 'Key') });
  pipeline.grantOperate(new Role(stack, 'Operators', { assumedBy: new AccountRootPrincipal() }));
  const policies = JSON.stringify(Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('Operators')));
  expect(policies).toContain('"kms:Decrypt"');
});

test('the stacks of a pipeline in a nested stack are described, too', () => {
  const stack = new Stack(new App(), 'Shop');
  const pipeline = new OrderPipeline(new NestedStack(stack, 'Wholesale'), 'Orders');
  const role = new Role(pipeline, 'Operators', { assumedBy: new AccountRootPrincipal() });
  pipeline.grantOperate(role);
  const policies = JSON.stringify(Template.fromStack(Stack.of(pipeline)).findResources('AWS::IAM::Policy'));
  expect(policies).toContain(':stack/Shop-*/*');
});
