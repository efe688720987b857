import { findEventsBucket } from '../../../cli/replay-stream/find-events-bucket';
import type { StackResource } from '../../../cli/stack-resources';

const bucket = (logicalId: string, physicalId: string): StackResource => ({ type: 'AWS::S3::Bucket', logicalId, physicalId });
const find = (stacks: Record<string, StackResource[]>) => findEventsBucket('Shop', async (stack) => stacks[stack]);

test('finds the bucket of the stream, beside that of order files and in a nested stack', async () => {
  const nested: StackResource = { type: 'AWS::CloudFormation::Stack', logicalId: 'Nested', physicalId: 'arn:nested' };
  expect(await find({ 'Shop': [bucket('OrdersFilesBucket0BF6B5B4', 'files'), nested], 'arn:nested': [bucket('OrdersStreamBucketDDB1FA1E', 'events')] })).toBe('events');
});

test.each([
  ['has none', [bucket('OrdersFilesBucket0BF6B5B4', 'files')], 'stack Shop has no bucket of a stream: check that it has an OrderPipeline with stream, or give the bucket with --bucket'],
  ['has two', [bucket('AStreamBucketDDB1FA1E', 'a'), bucket('BStreamBucketDDB1FA1F', 'b')], 'stack Shop has more than one stream: give the bucket of one of them with --bucket: a, b'],
])('fails when the stack %s', async (_, resources, message) => {
  await expect(find({ Shop: resources })).rejects.toThrow(message);
});

test('fails when the caller may not list the resources of the stack', async () => {
  const listResources = () => Promise.reject(Object.assign(new Error(), { name: 'AccessDenied' }));
  await expect(findEventsBucket('Shop', listResources)).rejects.toThrow('allow cloudformation:ListStackResources, or give the bucket with --bucket');
});
