import type { IAlias, IKey } from 'aws-cdk-lib/aws-kms';

/** Whether a key is the AWS managed key of SNS. */
export const isKeyOfSns = (key: IKey): boolean => (key as Partial<IAlias>).aliasName === 'alias/aws/sns';
