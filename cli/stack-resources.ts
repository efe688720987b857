/** One resource of a stack. */
export interface StackResource {
  readonly type: string;
  readonly logicalId: string;
  readonly physicalId: string;
}

/** Lists all resources of a stack, given its name or ARN. */
export type ListResources = (stack: string) => Promise<readonly StackResource[]>;

/**
 * Lists the resources of a stack and of its nested stacks.
 *
 * @param alternative what the caller can give instead, if listing is not allowed.
 */
export async function stackResources(stack: string, listResources: ListResources, alternative: string): Promise<StackResource[]> {
  const resources = await listResources(stack).catch((error: Error) => {
    throw /^AccessDenied/.test(error.name) ? new Error(`listing the resources of stack ${stack} is not allowed: allow cloudformation:ListStackResources, or ${alternative}`, { cause: error }) : error;
  });
  const nested = resources.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  const inNested = await Promise.all(nested.map(({ physicalId }) => stackResources(physicalId, listResources, alternative)));
  return [...resources, ...inNested.flat()];
}
