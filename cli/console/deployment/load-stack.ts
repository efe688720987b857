import { LoadedStack, type DeployedTemplate, type StackLocation } from './loaded-stack';
import type { ListResources } from '../../stack-resources';
import type { DeployedStacks } from '../../try/deployed-stack';

/** The requests with which a stack is loaded. */
export interface StackRequests {
  readonly listResources: ListResources;
  readonly stacks: Pick<DeployedStacks, 'template'>;
}

/** Loads a stack that is not nested. */
export const loadStack = async (location: StackLocation, template: DeployedTemplate, { listResources }: StackRequests): Promise<LoadedStack> =>
  new LoadedStack(location, await listResources(location.name), template);

/** Loads a stack in others, given the logical IDs of the nested stacks, the outermost one first. */
export async function loadNestedStack(
  outermost: LoadedStack, nested: readonly string[], { listResources, stacks }: StackRequests,
): Promise<LoadedStack> {
  let stack = outermost;
  for (const id of nested) {
    const arn = stack.physicalId(id);
    if (arn === undefined) throw new Error(`stack ${outermost.location.name} has no nested stack ${id}: deploy it completely`);
    const parent = stack;
    const given = Object.entries(parent.resources[id].Properties?.Parameters ?? {});
    const parameters = Object.fromEntries(given.map(([name, value]) => [name, parent.resolve(value)]));
    stack = new LoadedStack(stack.location, await listResources(arn), await stacks.template(arn), parameters);
  }
  return stack;
}
