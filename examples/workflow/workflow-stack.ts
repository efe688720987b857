import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { fakeService, fakeWarehouse } from './fake-service';
import { OrderPipeline, OrderSaga, OrderSagaStep, OrderWorkflowCommand, OrderWorkflowTrigger } from 'cdk-order-pipeline';

export interface WorkflowStackProps extends StackProps {
  /** Whether the stack is deployed to a local AWS. */
  readonly local: boolean;
}

/** Orders that are fulfilled by a workflow: stock and payment at the same time, a check for fraud, the capture of the payment, and the shipment. */
export class WorkflowStack extends Stack {
  constructor(scope: Construct, id: string, props: WorkflowStackProps) {
    super(scope, id, props);

    const orders = new OrderPipeline(this, 'Orders', {
      // A local AWS has no event archives, no account-wide role of API Gateway and no alarms on metric math.
      ...(props.local
        ? { archive: false, cloudWatchRole: false, monitoring: { alarms: false }, removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: false }
        : {}),
    });

    const effects = new Table(this, 'Effects', {
      partitionKey: { name: 'orderId', type: AttributeType.STRING },
      sortKey: { name: 'step', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const compensation = (name: string) => fakeService(this, `${name}Compensation`, 'effects.ts', 'compensate', effects);
    const step = (name: string, condition?: string) => OrderSagaStep.function(name, {
      function: fakeService(this, name, 'effects.ts', 'act', effects), compensation: compensation(name), condition,
    });
    const saga = new OrderSaga(this, 'Saga', {
      deadline: props.local ? Duration.minutes(10) : Duration.days(10),
      steps: [
        OrderSagaStep.parallel('Prepare', step('ReserveStock'), step('AuthorizePayment')),
        step('CheckFraud', '{% $states.input.facts.total >= 50000 %}'),
        step('CapturePayment'),
        // The warehouse answers with an event. Locally, it has seconds instead of days.
        OrderSagaStep.answer('ShipOrder', {
          timeout: props.local ? Duration.seconds(40) : Duration.days(5),
          reminders: [props.local ? Duration.seconds(5) : Duration.days(3)],
          compensation: compensation('ShipOrder'),
        }),
      ],
    });
    fakeWarehouse(this, 'ShipOrder', orders.events, effects);
    const workflow = orders.addWorkflow('Fulfill', {
      trigger: OrderWorkflowTrigger.ORDER_CONFIRMED,
      definition: saga,
      onSuccess: OrderWorkflowCommand.fulfill(),
      onFailure: OrderWorkflowCommand.cancel(),
    });

    new CfnOutput(this, 'EventBusName', { value: orders.events.eventBus.eventBusName });
    new CfnOutput(this, 'EffectsTableName', { value: effects.tableName });
    new CfnOutput(this, 'StateMachineArn', { value: workflow.stateMachine.stateMachineArn });
  }
}
