import { Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

const visible = (metricName: string) => ({ cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false });

/** The rule would block orders of more than 8 KB. */
const COUNT_LARGE_BODIES = { name: 'SizeRestrictions_BODY', actionToUse: { count: {} } };

/** A web ACL with the rules of AWS against common attacks and a limit for each address, and a log of what it blocks, without API keys. */
export class OrdersWebAcl extends Construct {
  public readonly webAclArn: string;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    const webAcl = new CfnWebACL(this, 'Resource', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible('Orders'),
      rules: [
        {
          name: 'Common',
          priority: 0,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesCommonRuleSet', ruleActionOverrides: [COUNT_LARGE_BODIES] } },
          visibilityConfig: visible('Common'),
        },
        {
          name: 'Rate',
          priority: 1,
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: 30_000 } },
          visibilityConfig: visible('Rate'),
        },
      ],
    });
    this.webAclArn = webAcl.attrArn;
    // AWS WAF accepts log groups with this beginning only.
    const logGroup = new LogGroup(this, 'Logs', { logGroupName: `aws-waf-logs-${Stack.of(this).stackName}`, encryptionKey: key, retention: RetentionDays.ONE_YEAR });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: webAcl.attrArn,
      logDestinationConfigs: [Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logGroup.logGroupName}` })],
      redactedFields: [{ singleHeader: { Name: 'x-api-key' } }],
    });
  }
}
