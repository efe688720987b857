import { Aspects, Aws, CfnCondition, CfnOutput, CfnResource, Fn, Stack, Token } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { isLeftOut } from './left-out-resources';
import { LOCAL_ACCOUNT, LOCAL_AWS_ENV } from '../contract';

const PREPARED = new WeakSet<IConstruct>();
/** The logical ID of the condition. */
const CONDITION = 'LeftOutOnLocalAws';

/**
 * When an app is synthesized for a local AWS, resources that this does not support get a condition that is never true, with the outputs that refer to them.
 * This applies to the whole app, without stacks for another account. Otherwise, it changes nothing.
 */
export function leaveOutLocally({ node: { root } }: Construct): void {
  if (process.env[LOCAL_AWS_ENV] !== 'true' || PREPARED.has(root)) return;
  PREPARED.add(root);
  Aspects.of(root).add({ visit: leaveOut });
}

function leaveOut(node: IConstruct): void {
  if (CfnResource.isCfnResource(node) && isLeftOut(node)) omit(node.cfnOptions, Stack.of(node));
  if (node instanceof CfnOutput && refersToLeftOut(node)) omit(node, Stack.of(node));
}

/** MiniStack evaluates no condition on the account. The template validator of CDK warns of a condition without a reference. */
function omit(conditional: { condition?: CfnCondition }, stack: Stack): void {
  if (!Token.isUnresolved(stack.account) && stack.account !== LOCAL_ACCOUNT) return;
  conditional.condition = stack.node.tryFindChild(CONDITION) as CfnCondition | undefined
    ?? new CfnCondition(stack, CONDITION, { expression: Fn.conditionEquals(Aws.STACK_NAME, '') });
}

function refersToLeftOut(output: CfnOutput): boolean {
  const stack = Stack.of(output);
  const value = JSON.stringify(stack.resolve(output.value));
  const leftOut = stack.node.findAll().filter((node) => CfnResource.isCfnResource(node) && isLeftOut(node)) as CfnResource[];
  return leftOut.some(({ logicalId }) => value.includes(JSON.stringify(stack.resolve(logicalId))));
}
