import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { grantKeyToLogs } from './key-policy';
import type { CommonOptions } from '../options';

/** Creates a log group, which is deleted with the stack. `name` is for a log group whose name the AWS service determines. */
export function createLogGroup(scope: Construct, id: string, props: Pick<CommonOptions, 'logRetention' | 'encryptionKey'>, name?: string): LogGroup {
  const { encryptionKey, logRetention: retention = RetentionDays.ONE_MONTH } = props;
  if (encryptionKey) grantKeyToLogs(encryptionKey, scope);
  return new LogGroup(scope, id, { logGroupName: name, retention, encryptionKey, removalPolicy: RemovalPolicy.DESTROY });
}
