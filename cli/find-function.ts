/** One resource of a stack. */
export interface StackResource {
  readonly type: string;
  readonly logicalId: string;
  readonly physicalId: string;
}

/** Gives all resources of a stack, by its name or ARN. */
export type ListResources = (stack: string) => Promise<readonly StackResource[]>;

/** The construct of the function, as the end of the logical id that CDK makes of it and of a hash. */
const LOGICAL_ID = /RedriveDeadLetters[0-9A-F]{8}$/;

/**
 * Finds the function `redrive-dead-letters` in a stack, or in the stacks nested in it.
 *
 * @throws Error when there is none, or more than one, or when the stack may not be looked into.
 */
export async function findFunction(stack: string, listResources: ListResources): Promise<string> {
  const found = await functionsIn(stack, listResources);
  if (found.length === 0) {
    throw new Error(`there is no redrive-dead-letters in stack ${stack}: is there an OrderPipeline in it, deployed with a version that has it? Otherwise say --function`);
  }
  if (found.length > 1) throw new Error(`there is more than one pipeline in stack ${stack}; say which by --function: ${found.join(', ')}`);
  return found[0];
}

async function functionsIn(stack: string, listResources: ListResources): Promise<string[]> {
  const resources = await listResources(stack).catch((error: Error) => {
    throw /^AccessDenied/.test(error.name) ? new Error(`you may not list the resources of stack ${stack}; say --function`, { cause: error }) : error;
  });
  const own = resources.filter(({ type, logicalId }) => type === 'AWS::Lambda::Function' && LOGICAL_ID.test(logicalId));
  const nested = resources.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  const inNested = await Promise.all(nested.map(({ physicalId }) => functionsIn(physicalId, listResources)));
  return [...own.map(({ physicalId }) => physicalId), ...inNested.flat()];
}
