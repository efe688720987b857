import { findFunction } from '../../cli/find-function';
import type { StackResource } from '../../cli/stack-resources';

const lambda = (logicalId: string, physicalId = `Shop-${logicalId}`): StackResource => ({ type: 'AWS::Lambda::Function', logicalId, physicalId });
const nested = (physicalId: string): StackResource => ({ type: 'AWS::CloudFormation::Stack', logicalId: 'Nested', physicalId });
const find = (stacks: Record<string, StackResource[]>) => findFunction('Shop', async (stack) => stacks[stack]);

const OTHERS = [
  lambda('OrdersIngestReceiveOrder0123ABCD'),
  { type: 'AWS::IAM::Role', logicalId: 'OrdersRedriveRedriveDeadLettersRole0123ABCD', physicalId: 'role' },
  { type: 'AWS::Logs::LogGroup', logicalId: 'OrdersRedriveRedriveDeadLettersLogs0123ABCD', physicalId: 'logs' },
];

test('finds the function among the other resources of the stack', async () => {
  expect(await find({ Shop: [...OTHERS, lambda('OrdersRedriveRedriveDeadLetters0123ABCD', 'the-function')] })).toBe('the-function');
});

test('finds the function in a nested stack', async () => {
  expect(await find({ 'Shop': [...OTHERS, nested('arn:nested')], 'arn:nested': [lambda('OrdersRedriveRedriveDeadLetters0123ABCD', 'the-function')] })).toBe('the-function');
});

test('fails when the caller may not list the resources of the stack', async () => {
  const listResources = () => Promise.reject(Object.assign(new Error('not authorized'), { name: 'AccessDenied' }));
  await expect(findFunction('Shop', listResources))
    .rejects.toThrow('listing the resources of stack Shop is not allowed: allow cloudformation:ListStackResources, or give the function with --function');
});

test('fails when the stack has no such function', async () => {
  await expect(find({ Shop: OTHERS })).rejects.toThrow('stack Shop has no function redrive-dead-letters');
});

test('fails when the stack has two pipelines', async () => {
  const stacks = { Shop: [lambda('ARedriveRedriveDeadLetters0123ABCD', 'one'), lambda('BRedriveRedriveDeadLetters0123ABCE', 'two')] };
  await expect(find(stacks)).rejects.toThrow('stack Shop has more than one order pipeline: give the function of one of them with --function: one, two');
});
