import { Annotations, AspectPriority, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** CloudFormation accepts 500 resources in a stack. */
const MANY_RESOURCES = 450;

/** Warns when the stack of a construct has almost as many resources as CloudFormation accepts. It counts after all other Aspects. */
export function warnOfManyResources(scope: Construct): void {
  Aspects.of(scope).add({
    visit: (node) => {
      if (node !== scope) return;
      const stack = Stack.of(scope);
      const count = stack.node.findAll().filter((each) => CfnResource.isCfnResource(each) && Stack.of(each) === stack).length;
      if (count <= MANY_RESOURCES) return;
      Annotations.of(scope).addWarningV2(
        'cdk-order-pipeline:manyResources',
        `the stack has ${count} resources, and CloudFormation accepts 500; create the pipeline or other constructs in a NestedStack or in a stack of their own, or set \`monitoring.alarms\` to false`,
      );
    },
  }, { priority: AspectPriority.READONLY });
}
