import { join } from 'node:path';
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
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

    new OrderPipeline(this, 'Orders', {
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
  }
}
