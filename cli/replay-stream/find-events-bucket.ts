import { stackResources, type ListResources } from '../stack-resources';

/** The end of the bucket's logical ID: the construct IDs of the stream and the bucket, and CDK's hash. */
const LOGICAL_ID = /StreamBucket[0-9A-F]{8}$/;

/**
 * Finds the bucket of the stream of a stack or of its nested stacks.
 *
 * @throws Error if the stack has none or several, or if the caller may not list its resources.
 */
export async function findEventsBucket(stack: string, listResources: ListResources): Promise<string> {
  const resources = await stackResources(stack, listResources, 'give the bucket with --bucket');
  const found = resources.filter(({ type, logicalId }) => type === 'AWS::S3::Bucket' && LOGICAL_ID.test(logicalId)).map(({ physicalId }) => physicalId);
  if (found.length === 0) throw new Error(`stack ${stack} has no bucket of a stream: check that it has an OrderPipeline with stream, or give the bucket with --bucket`);
  if (found.length > 1) throw new Error(`stack ${stack} has more than one stream: give the bucket of one of them with --bucket: ${found.join(', ')}`);
  return found[0];
}
