import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

const ACTIONS = ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/**
 * Lets EventBridge use a customer-managed key for what it does in this account: without it, events for an encrypted queue are
 * dropped and nobody is told. The statement names the account and not the bus, whose definition names the key.
 */
export const grantKeyToEventBridge = (key: IKey, scope: Construct): void => grantKeyToService(key, scope, 'events.amazonaws.com', 'EventBridge', 'no event arrives');

/** Lets S3 use a customer-managed key, to put notifications into an encrypted queue: without it, a file is dropped and nobody is told. */
export const grantKeyToS3 = (key: IKey, scope: Construct): void => grantKeyToService(key, scope, 's3.amazonaws.com', 'S3', 'no file is noticed');

function grantKeyToService(key: IKey, scope: Construct, principal: string, service: string, otherwise: string): void {
  const { statementAdded } = key.addToResourcePolicy(new PolicyStatement({
    sid: `Let${service}UseTheKeyForThisAccount`,
    principals: [new ServicePrincipal(principal)],
    actions: ACTIONS,
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }), true);
  if (!statementAdded) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-pipeline:importedKey',
      `the policy of the imported encryptionKey cannot be changed from here; it must allow ${principal} ${ACTIONS.join(', ')}, or ${otherwise}`,
    );
  }
}
