import { join } from 'node:path';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ExistingOrderPolicy, OrderModel, OrderPipeline } from 'cdk-order-pipeline';

export interface FlowerOrdersStackProps extends StackProps {
  /** Whether the stack is deployed to a local AWS. */
  readonly local: boolean;
}

/** A pipeline for the orders of a wholesale market, whose fields are in `order.schema.json`. */
export class FlowerOrdersStack extends Stack {
  constructor(scope: Construct, id: string, props: FlowerOrdersStackProps) {
    super(scope, id, props);

    const orders = new OrderPipeline(this, 'Orders', {
      orderModel: OrderModel.fromJsonSchema(join(__dirname, 'order.schema.json'), {
        orderId: '/number',
        customerId: '/buyer/id',
        currency: '/amounts/currency',
        total: '/amounts/gross',
        placedAt: '/orderedOn',
        externalReference: '/erpNumber',
        changeable: ['/lines', '/delivery', '/amounts/gross', '/buyer/contact'],
      }),
      // The ERP exports all open orders every night: what differs changes the stored orders.
      onExistingOrder: ExistingOrderPolicy.CHANGE,
      // A local AWS has no event archives, no account-wide role of API Gateway and no alarms on metric math.
      ...(props.local
        ? { archive: false, cloudWatchRole: false, monitoring: { alarms: false }, removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: false }
        : {}),
    });

    new CfnOutput(this, 'ApiId', { value: orders.ingest.restApi!.restApiId });
    new CfnOutput(this, 'ApiStage', { value: orders.ingest.restApi!.deploymentStage.stageName });
    new CfnOutput(this, 'ApiUrl', { value: orders.ingest.url });
    new CfnOutput(this, 'ApiKeyId', { value: orders.ingest.apiKey!.keyId });
    new CfnOutput(this, 'FilesBucketName', { value: orders.files!.bucket.bucketName });
  }
}
