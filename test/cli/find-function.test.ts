import { findFunction, type StackResource } from '../../cli/find-function';

const lambda = (logicalId: string, physicalId = `Shop-${logicalId}`): StackResource => ({ type: 'AWS::Lambda::Function', logicalId, physicalId });
const nested = (physicalId: string): StackResource => ({ type: 'AWS::CloudFormation::Stack', logicalId: 'Nested', physicalId });
const find = (stacks: Record<string, StackResource[]>) => findFunction('Shop', async (stack) => stacks[stack]);

const OTHERS = [
  lambda('OrdersIngestReceiveOrder0123ABCD'),
  { type: 'AWS::IAM::Role', logicalId: 'OrdersRedriveRedriveDeadLettersRole0123ABCD', physicalId: 'role' },
  { type: 'AWS::Logs::LogGroup', logicalId: 'OrdersRedriveRedriveDeadLettersLogs0123ABCD', physicalId: 'logs' },
];

test('the function is found among everything else in the stack', async () => {
  expect(await find({ Shop: [...OTHERS, lambda('OrdersRedriveRedriveDeadLetters0123ABCD', 'the-function')] })).toBe('the-function');
});

test('the function is found in a nested stack', async () => {
  expect(await find({ 'Shop': [...OTHERS, nested('arn:nested')], 'arn:nested': [lambda('OrdersRedriveRedriveDeadLetters0123ABCD', 'the-function')] })).toBe('the-function');
});

test('fails when the stack may not be looked into, and says what goes without', async () => {
  const listResources = () => Promise.reject(Object.assign(new Error('not authorized'), { name: 'AccessDenied' }));
  await expect(findFunction('Shop', listResources))
    .rejects.toThrow('you may not list the resources of stack Shop; say --function');
});

test('fails when there is none', async () => {
  await expect(find({ Shop: OTHERS })).rejects.toThrow('there is no redrive-dead-letters in stack Shop');
});

test('fails when there are two pipelines, and names both', async () => {
  const stacks = { Shop: [lambda('ARedriveRedriveDeadLetters0123ABCD', 'one'), lambda('BRedriveRedriveDeadLetters0123ABCE', 'two')] };
  await expect(find(stacks)).rejects.toThrow('there is more than one pipeline in stack Shop; say which by --function: one, two');
});
