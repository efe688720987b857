/** One resource of a stack. */
export interface StackResource {
  readonly type: string;
  readonly logicalId: string;
  readonly physicalId: string;
}

/** Lists all resources of a stack, given its name or ARN. */
export type ListResources = (stack: string) => Promise<readonly StackResource[]>;

/** The end of the function's logical ID: its construct ID and CDK's hash. */
const LOGICAL_ID = /RedriveDeadLetters[0-9A-F]{8}$/;

/**
 * Finds the function `redrive-dead-letters` of a stack or of its nested stacks.
 *
 * @throws Error if the stack has none or several, or if the caller may not list its resources.
 */
export async function findFunction(stack: string, listResources: ListResources): Promise<string> {
  const found = await functionsIn(stack, listResources);
  if (found.length === 0) {
    throw new Error(`stack ${stack} has no function redrive-dead-letters: check that it has an OrderPipeline with redrive enabled, or give the function with --function`);
  }
  if (found.length > 1) throw new Error(`stack ${stack} has more than one order pipeline: give the function of one of them with --function: ${found.join(', ')}`);
  return found[0];
}

async function functionsIn(stack: string, listResources: ListResources): Promise<string[]> {
  const resources = await listResources(stack).catch((error: Error) => {
    throw /^AccessDenied/.test(error.name) ? new Error(`listing the resources of stack ${stack} is not allowed: allow cloudformation:ListStackResources, or give the function with --function`, { cause: error }) : error;
  });
  const own = resources.filter(({ type, logicalId }) => type === 'AWS::Lambda::Function' && LOGICAL_ID.test(logicalId));
  const nested = resources.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  const inNested = await Promise.all(nested.map(({ physicalId }) => functionsIn(physicalId, listResources)));
  return [...own.map(({ physicalId }) => physicalId), ...inNested.flat()];
}
