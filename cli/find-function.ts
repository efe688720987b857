import { stackResources, type ListResources } from './stack-resources';

/** The end of the function's logical ID: its construct ID and CDK's hash. */
const LOGICAL_ID = /RedriveDeadLetters[0-9A-F]{8}$/;

/**
 * Finds the function `redrive-dead-letters` of a stack or of its nested stacks.
 *
 * @throws Error if the stack has none or several, or if the caller may not list its resources.
 */
export async function findFunction(stack: string, listResources: ListResources): Promise<string> {
  const resources = await stackResources(stack, listResources, 'give the function with --function');
  const found = resources.filter(({ type, logicalId }) => type === 'AWS::Lambda::Function' && LOGICAL_ID.test(logicalId)).map(({ physicalId }) => physicalId);
  if (found.length === 0) {
    throw new Error(`stack ${stack} has no function redrive-dead-letters: check that it has an OrderPipeline with redrive enabled, or give the function with --function`);
  }
  if (found.length > 1) throw new Error(`stack ${stack} has more than one order pipeline: give the function of one of them with --function: ${found.join(', ')}`);
  return found[0];
}
