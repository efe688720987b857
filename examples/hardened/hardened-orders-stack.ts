import { Stack, type StackProps } from 'aws-cdk-lib';
import { MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { acknowledgeRules } from './acknowledged-rules';
import { OrdersNetwork } from './orders-network';
import { OrdersWebAcl } from './orders-web-acl';
import { OrderPipeline, type ApiHandlerOptions } from 'cdk-order-pipeline';

/** API handlers that cannot take all concurrent executions of the account, and keep some when others want them. */
const LIMITED: ApiHandlerOptions = { reservedConcurrency: 50 };

/** A pipeline for an account that is audited: a key of the account for everything, no way to the internet, and a log of every access. */
export class HardenedOrdersStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);

    const key = new Key(this, 'Key', { enableKeyRotation: true, description: 'Orders' });
    const alarmTopic = new Topic(this, 'Alarms', { masterKey: key, enforceSSL: true });
    key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    const serverAccessLogsBucket = new Bucket(this, 'AccessLogs', {
      // S3 writes access logs only to buckets without a KMS key.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      versioned: true,
    });
    const { vpc } = new OrdersNetwork(this, 'Network', { key });
    const { webAclArn } = new OrdersWebAcl(this, 'WebAcl', { key });

    new OrderPipeline(this, 'Orders', {
      encryptionKey: key,
      vpc,
      webAclArn,
      serverAccessLogsBucket,
      tracing: true,
      executionLogLevel: MethodLoggingLevel.ERROR,
      logRetention: RetentionDays.ONE_YEAR,
      auditReads: true,
      monitoring: { alarmTopic },
      receiveOrder: LIMITED,
      receiveOrderChange: LIMITED,
      receiveOrderCancellation: LIMITED,
      queryOrders: LIMITED,
      queryOrderEvents: LIMITED,
      queryFiles: LIMITED,
    });
    acknowledgeRules(this);
  }
}
