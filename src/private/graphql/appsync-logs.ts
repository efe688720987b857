import { RemovalPolicy } from 'aws-cdk-lib';
import type { CfnGraphQLApi, FieldLogLevel, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Makes AppSync write logs. CDK's own option needs a custom resource for their retention. */
export function addAppSyncLogs(scope: Construct, api: GraphqlApi, fieldLogLevel: FieldLogLevel, retention = RetentionDays.ONE_MONTH): void {
  const role = new Role(scope, 'ApiLogsRole', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
  // AppSync determines the name.
  const logGroup = new LogGroup(scope, 'ApiLogs', { logGroupName: `/aws/appsync/apis/${api.apiId}`, retention, removalPolicy: RemovalPolicy.DESTROY });
  logGroup.grantWrite(role);
  (api.node.defaultChild as CfnGraphQLApi).logConfig = { cloudWatchLogsRoleArn: role.roleArn, fieldLogLevel, excludeVerboseContent: true };
}
