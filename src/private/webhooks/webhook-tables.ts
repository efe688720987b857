import { AttributeType, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { CommonOptions } from '../../options';
import { acknowledge } from '../acknowledge';
import { DELIVERIES_BY_TIME, DELIVERY_KEYS, DELIVERY_SUMMARY, WEBHOOK_KEYS } from '../contract';
import { removalPolicyOf } from '../removal';
import { tableDefaults } from '../table-defaults';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** Creates the table of webhooks. */
export const createWebhooksTable = (scope: Construct, { encryptionKey, removalPolicy }: CommonOptions): TableV2 => new TableV2(scope, 'WebhooksTable', {
  ...tableDefaults({ encryptionKey, removalPolicy }),
  partitionKey: text(WEBHOOK_KEYS.partitionKey),
  sortKey: text(WEBHOOK_KEYS.sortKey),
});

/** Creates the table of deliveries, with what a list of them shows in an index. */
export const createDeliveriesTable = (scope: Construct, { encryptionKey, removalPolicy }: CommonOptions): TableV2 => new TableV2(scope, 'DeliveriesTable', {
  ...tableDefaults({ encryptionKey, removalPolicy }),
  partitionKey: text(DELIVERY_KEYS.partitionKey),
  sortKey: text(DELIVERY_KEYS.sortKey),
  globalSecondaryIndexes: [{
    indexName: DELIVERIES_BY_TIME.indexName,
    partitionKey: text(DELIVERIES_BY_TIME.partitionKey),
    sortKey: text(DELIVERIES_BY_TIME.sortKey),
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [...DELIVERY_SUMMARY],
  }],
});

/** Creates the secret from which those of webhooks are derived. */
export function createSigningSecret(scope: Construct, { encryptionKey, removalPolicy }: CommonOptions): Secret {
  const secret = new Secret(scope, 'SigningSecret', {
    description: 'Secrets of webhooks are derived from it',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    encryptionKey,
    removalPolicy: removalPolicyOf({ removalPolicy }),
  });
  acknowledge(secret, [{ id: 'AwsSolutions-SMG4', reason: 'Receivers need every new secret: each webhook is rotated over the API, with both signing for a while.' }]);
  return secret;
}
