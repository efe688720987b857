import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

const ACTIONS = ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/**
 * Lets EventBridge use a customer-managed key for what it does in this account: without it, events for an encrypted queue are
 * dropped and nobody is told. The statement names the account and not the bus, whose definition names the key.
 */
export function letEventBridgeUse(key: IKey, scope: Construct): void {
  const { statementAdded } = key.addToResourcePolicy(new PolicyStatement({
    sid: 'LetEventBridgeUseTheKeyForThisAccount',
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ACTIONS,
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }), true);
  if (!statementAdded) {
    Annotations.of(scope).addWarningV2(
      'cdk-order-pipeline:importedKey',
      `the policy of the imported encryptionKey cannot be changed from here; it must allow events.amazonaws.com ${ACTIONS.join(', ')}, or no event arrives`,
    );
  }
}
