import { stackResources, type ListResources } from '../stack-resources';

/** The end of the archive's logical ID: the construct ID of the bus, its own, and CDK's hash. */
const LOGICAL_ID = /EventsArchive[0-9A-F]{8}$/;

/**
 * Finds the archive of the pipeline of a stack or of its nested stacks.
 *
 * @throws Error if the stack has none or several, or if the caller may not list its resources.
 */
export async function findArchive(stack: string, listResources: ListResources): Promise<string> {
  const archives = (await stackResources(stack, listResources, 'give the archive with --archive')).filter(({ type }) => type === 'AWS::Events::Archive');
  const ofPipelines = archives.filter(({ logicalId }) => LOGICAL_ID.test(logicalId));
  // An `OrderEventBus` of its own has another construct ID.
  const found = (ofPipelines.length > 0 ? ofPipelines : archives).map(({ physicalId }) => physicalId);
  if (found.length === 0) throw new Error(`stack ${stack} has no archive of events: check that it has an OrderPipeline whose prop archive is not false, or give the archive with --archive`);
  if (found.length > 1) throw new Error(`stack ${stack} has more than one archive: give one of them with --archive: ${found.join(', ')}`);
  return found[0];
}
