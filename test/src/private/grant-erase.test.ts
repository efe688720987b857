import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { OrderPipeline, type OrderPipelineProps } from '../../../src';

interface Statement { readonly Action: string | string[]; readonly Resource: unknown }

/** The statements of a role that erases customers, by their actions. */
function statementsOf(props?: (stack: Stack) => OrderPipelineProps, add: (pipeline: OrderPipeline) => void = () => undefined) {
  const stack = new Stack(new App(), 'Shop', { env: { region: 'eu-central-1' } });
  const pipeline = new OrderPipeline(stack, 'Orders', props?.(stack));
  pipeline.grantErase(new Role(stack, 'Officers', { assumedBy: new AccountRootPrincipal() }));
  add(pipeline);
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('Officers'));
  const statements: Statement[] = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
  const byAction = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));
  return {
    actions: [...new Set(statements.flatMap(({ Action }) => Action))].sort(),
    /** The logical IDs of the tables and queues, or prefixes of objects. */
    resourcesOf: (action: string) => [...JSON.stringify(byAction(action).map(({ Resource }) => Resource)).matchAll(/"Orders\w*?(DeadLetterQueue|[A-Z][a-z]+(?:Table|Queue))[0-9A-F]{8}"|"\/(\w+\/\*)"/g)]
      .map(([, table, prefix]) => table ?? prefix).sort(),
    statements,
  };
}

test('all actions of the command are granted, and no others', () => {
  expect(statementsOf().actions).toEqual([
    'cloudformation:DescribeStacks', 'cloudformation:GetTemplate', 'cloudformation:ListStackResources', 'dynamodb:PutItem', 'dynamodb:Scan', 'dynamodb:UpdateItem',
    's3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucketVersions', 'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage',
  ]);
});

test('orders are put, events are put and updated, and other tables are updated', () => {
  const { resourcesOf } = statementsOf();
  expect(resourcesOf('dynamodb:PutItem')).toEqual(['HistoryTable', 'OrdersTable']);
  expect(resourcesOf('dynamodb:UpdateItem')).toEqual(['FilesTable', 'HistoryTable', 'SequenceTable']);
  expect(resourcesOf('dynamodb:Scan')).toEqual(['FilesTable', 'HistoryTable', 'OrdersTable', 'SequenceTable']);
});

test('messages are deleted from dead-letter queues only, and objects of uploaded files only', () => {
  const { resourcesOf } = statementsOf();
  const queues = resourcesOf('sqs:DeleteMessage');
  expect(queues.length).toBeGreaterThan(8);
  expect(new Set(queues)).toEqual(new Set(['DeadLetterQueue']));
  expect(resourcesOf('s3:DeleteObjectVersion')).toEqual(['incoming/*']);
});

test('no permission is for all resources', () => {
  const { statements } = statementsOf();
  expect(statements.filter(({ Resource }) => [Resource].flat().includes('*'))).toEqual([]);
});

test('the table of deliveries is included, and history and files only if the pipeline has them', () => {
  const { resourcesOf, actions } = statementsOf(() => ({ webhooks: {}, history: false, fileIngest: false }));
  expect(resourcesOf('dynamodb:UpdateItem')).toEqual(['DeliveriesTable', 'SequenceTable']);
  expect(actions.filter((action) => action.startsWith('s3:'))).toEqual([]);
});

test('with a key, it may be used', () => {
  const { actions } = statementsOf((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
  expect(actions).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt']));
});
