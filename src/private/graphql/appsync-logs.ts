import type { CfnGraphQLApi, FieldLogLevel, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { CommonOptions } from '../../options';
import { createLogGroup } from '../log-group';

/** Makes AppSync write logs. CDK's own option needs a custom resource for their retention. */
export function addAppSyncLogs(scope: Construct, api: GraphqlApi, fieldLogLevel: FieldLogLevel, props: Pick<CommonOptions, 'logRetention' | 'encryptionKey'>): void {
  const role = new Role(scope, 'ApiLogsRole', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
  // AppSync determines the name.
  const logGroup = createLogGroup(scope, 'ApiLogs', props, `/aws/appsync/apis/${api.apiId}`);
  logGroup.grantWrite(role);
  (api.node.defaultChild as CfnGraphQLApi).logConfig = { cloudWatchLogsRoleArn: role.roleArn, fieldLogLevel, excludeVerboseContent: true };
}
