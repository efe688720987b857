import { TableEncryptionV2, type TablePropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EXPIRY_ATTRIBUTE } from './contract';
import { removalPolicyOf } from './removal';
import type { CommonOptions, TableOptions } from '../options';

/** Properties of all tables: on-demand, encrypted, with point-in-time recovery and a time to live. */
export const tableDefaults = ({ encryptionKey, removalPolicy, warmThroughput }: CommonOptions & TableOptions): Omit<TablePropsV2, 'partitionKey'> => ({
  warmThroughput,
  timeToLiveAttribute: EXPIRY_ATTRIBUTE,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  encryption: encryptionKey ? TableEncryptionV2.customerManagedKey(encryptionKey) : TableEncryptionV2.dynamoOwnedKey(),
  removalPolicy: removalPolicyOf({ removalPolicy }),
});
