import { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';
import { LOCAL_REGION } from '../../cli/local/local-env';
import { LOCAL_ACCOUNT } from '../../src/private/contract';

/** The bucket of the assets of the CDK. */
export const ASSETS_BUCKET = `cdk-hnb659fds-assets-${LOCAL_ACCOUNT}-${LOCAL_REGION}`;

/** A version that every template accepts. */
const VERSION = '100';

/** Creates what templates of the CDK need of `cdk bootstrap`: the bucket of assets, and the version. The local AWS assumes roles that do not exist. */
export async function bootstrapEnvironment(local: LocalAws): Promise<void> {
  const config = clientConfig(local);
  await new SSMClient(config).send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: VERSION, Overwrite: true }));
  try {
    await new S3Client({ ...config, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: ASSETS_BUCKET }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
}
