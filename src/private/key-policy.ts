import { Annotations, ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';

const ACTIONS = ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/**
 * Grants EventBridge the use of a customer-managed key for this account. Without it, EventBridge drops events for encrypted queues.
 * The condition names the account, because the bus depends on the key.
 */
export const grantKeyToEventBridge = (key: IKey, scope: Construct): void => grantKeyToService(key, scope, 'events.amazonaws.com', 'EventBridge', 'EventBridge cannot deliver events');

/** Grants S3 the use of a customer-managed key for notifications to an encrypted queue. Without it, S3 drops the notifications. */
export const grantKeyToS3 = (key: IKey, scope: Construct): void => grantKeyToService(key, scope, 's3.amazonaws.com', 'S3', 'S3 cannot send notifications');

/** Grants CloudWatch Logs the use of a customer-managed key for the log groups of the account. Without it, a log group cannot be created. */
export function grantKeyToLogs(key: IKey, scope: Construct): void {
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  // Of the services here, this one alone has a principal with the region and the domain of its partition: `amazonaws.com.cn` in China.
  const domain = RegionInfo.get(stack.region).domainSuffix ?? stack.urlSuffix;
  grantKeyToService(key, scope, `logs.${stack.region}.${domain}`, 'CloudWatchLogs', 'log groups cannot be created', {
    actions: ['kms:Encrypt', ...ACTIONS], conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
  });
}

function grantKeyToService(key: IKey, scope: Construct, principal: string, service: string, consequence: string, more?: PolicyStatementProps): void {
  const { statementAdded } = key.addToResourcePolicy(new PolicyStatement({
    sid: `Allow${service}ToUseKey`,
    principals: [new ServicePrincipal(principal)],
    actions: ACTIONS,
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    ...more,
  }), true);
  if (!statementAdded) {
    const actions = more?.actions ?? ACTIONS;
    Annotations.of(scope).addWarningV2(
      'cdk-order-pipeline:importedKey',
      `the policy of the imported \`encryptionKey\` cannot be changed by this stack; it must allow ${principal} ${actions.join(', ')}, or ${consequence}`,
    );
  }
}
