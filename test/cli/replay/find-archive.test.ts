import { findArchive } from '../../../cli/replay/find-archive';
import type { StackResource } from '../../../cli/stack-resources';

const archive = (logicalId: string, physicalId: string): StackResource => ({ type: 'AWS::Events::Archive', logicalId, physicalId });
const find = (stacks: Record<string, StackResource[]>) => findArchive('Shop', async (stack) => stacks[stack]);

test('finds the archive of the pipeline, among others and in a nested stack', async () => {
  const nested: StackResource = { type: 'AWS::CloudFormation::Stack', logicalId: 'Nested', physicalId: 'arn:nested' };
  expect(await find({ 'Shop': [archive('AuditArchive0123ABCD', 'audit'), nested], 'arn:nested': [archive('OrdersEventsArchiveC63A4094', 'orders')] })).toBe('orders');
});

test('finds the only archive of a stack with another construct ID', async () => {
  expect(await find({ Shop: [archive('BusArchive0123ABCD', 'bus')] })).toBe('bus');
});

test.each([
  ['has no archive', [], 'stack Shop has no archive of events'],
  ['has two', [archive('AEventsArchiveC63A4094', 'a'), archive('BEventsArchiveC63A4095', 'b')], 'stack Shop has more than one archive: give one of them with --archive: a, b'],
])('fails when the stack %s', async (_, resources, message) => {
  await expect(find({ Shop: resources })).rejects.toThrow(message);
});

test('fails when the caller may not list the resources of the stack', async () => {
  const listResources = () => Promise.reject(Object.assign(new Error(), { name: 'AccessDenied' }));
  await expect(findArchive('Shop', listResources)).rejects.toThrow('allow cloudformation:ListStackResources, or give the archive with --archive');
});
