import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { OrderOperators, OrderPipeline, OrderTenants } from 'cdk-order-pipeline';

export interface MarketplaceStackProps extends StackProps {
  /** Whether the stack is deployed to a local AWS. */
  readonly local: boolean;
}

/** The orders of two shops in one pipeline. Each shop only sees its own orders, and may use any order IDs. */
export class MarketplaceStack extends Stack {
  constructor(scope: Construct, id: string, props: MarketplaceStackProps) {
    super(scope, id, props);

    const { ingest, events } = new OrderPipeline(this, 'Orders', {
      tenants: OrderTenants.apiKeys(
        { tenant: 'acme', keys: ['2026', '2027'] },
        { tenant: 'globex', throttle: { rateLimit: 50, burstLimit: 100 } },
      ),
      operators: [OrderOperators.apiKeys('support')],
      // A local AWS has no event archives, no account-wide role of API Gateway and no alarms on metric math.
      ...(props.local
        ? { archive: false, cloudWatchRole: false, monitoring: { alarms: false }, removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: false }
        : {}),
    });

    const globexOrders = new Queue(this, 'GlobexOrders', { enforceSSL: true });
    events.onOrderConfirmed('ConfirmedOrdersOfGlobex', { target: new SqsQueue(globexOrders), tenants: ['globex'] });

    new CfnOutput(this, 'EventBusName', { value: events.eventBus.eventBusName });
    // The IDs of the keys; `aws apigateway get-api-key` prints their values. The pipeline has an output for the first one.
    new CfnOutput(this, 'AcmeNextKeyId', { value: ingest.tenantApiKey('acme', '2027').keyId });
    new CfnOutput(this, 'GlobexKeyId', { value: ingest.tenantApiKey('globex').keyId });
    new CfnOutput(this, 'SupportKeyId', { value: ingest.operatorApiKey('support').keyId });
    new CfnOutput(this, 'GlobexOrdersQueueUrl', { value: globexOrders.queueUrl });
  }
}
