import { Stack, Token } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { RegionInfo } from 'aws-cdk-lib/region-info';

/** The domain of the AWS Management Console in each partition. Those of isolated partitions are not public. */
const CONSOLE_DOMAINS: Readonly<Record<string, string>> = {
  'aws': 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The URL of a dashboard in the AWS Management Console; undefined in partitions whose console is not known. */
export function dashboardUrl(dashboard: Dashboard): string | undefined {
  const { region } = Stack.of(dashboard);
  const domain = CONSOLE_DOMAINS[partitionOf(region)];
  return domain && `https://${domain}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`;
}

/** A stack without an environment, and a region newer than this version of CDK, are believed to be in the standard partition. */
const partitionOf = (region: string): string => (Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition) ?? 'aws';
