import { Aws, CfnCondition, Fn, Stack, Token } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { RegionInfo } from 'aws-cdk-lib/region-info';

const CONSOLE_DOMAIN = 'console.aws.amazon.com';

/** The domains of the AWS Management Console in other partitions, with the IDs of conditions. Those of isolated partitions are not public. */
const OTHER_CONSOLE_DOMAINS: Readonly<Record<string, { readonly domain: string; readonly condition: string }>> = {
  'aws-cn': { domain: 'console.amazonaws.cn', condition: 'OrderPipelineInChina' },
  'aws-us-gov': { domain: 'console.amazonaws-us-gov.com', condition: 'OrderPipelineInGovCloud' },
};

/**
 * The URL of a dashboard in the AWS Management Console; undefined in partitions whose console is not public.
 *
 * @param stack the stack that uses the URL.
 */
export function dashboardUrl(dashboard: Dashboard, stack: Stack): string | undefined {
  const { region } = Stack.of(dashboard);
  const domain = Token.isUnresolved(region) ? domainAtDeployment(stack) : domainIn(region);
  return domain && `https://${domain}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`;
}

/** A region that this version of CDK does not know is believed to be in the standard partition. */
function domainIn(region: string): string | undefined {
  const { partition = 'aws' } = RegionInfo.get(region);
  return partition === 'aws' ? CONSOLE_DOMAIN : OTHER_CONSOLE_DOMAINS[partition]?.domain;
}

/** The domain in the partition of the deployment. */
const domainAtDeployment = (stack: Stack): string => Object.entries(OTHER_CONSOLE_DOMAINS).reduce(
  (otherwise, [partition, { domain, condition }]) => Fn.conditionIf(isPartition(stack, condition, partition).logicalId, domain, otherwise).toString(),
  CONSOLE_DOMAIN,
);

/** The condition of a partition, which all pipelines of a stack share. */
const isPartition = (stack: Stack, id: string, partition: string): CfnCondition => stack.node.tryFindChild(id) as CfnCondition | undefined
  ?? new CfnCondition(stack, id, { expression: Fn.conditionEquals(Aws.PARTITION, partition) });
