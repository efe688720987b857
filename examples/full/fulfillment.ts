import { Duration } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { OrderSaga, OrderSagaStep, OrderWorkflowCommand, type OrderPipeline } from 'cdk-order-pipeline';

/**
 * The services of other teams. A tag of an order makes a step fail: `AuthorizePayment:DECLINE` declines it, and `AuthorizePayment:FAIL` fails at every
 * attempt, like a service that does not respond.
 */
const SERVICE = `
exports.handler = async ({ facts: { tags = [] }, step: { name, isCompensation, idempotencyKey } }) => {
  if (isCompensation) return { reference: idempotencyKey };
  if (tags.includes(name + ':FAIL')) throw new Error('the service is not available');
  if (tags.includes(name + ':DECLINE')) return { outcome: 'FAILED', code: 'DECLINED', message: name + ' is declined' };
  return { reference: idempotencyKey };
};
`;

/** Adds the workflow of orders by subscription: stock is reserved, the payment is authorized, and the warehouse answers when it has shipped the order. */
export function addFulfillment(scope: Construct, orders: OrderPipeline, local: boolean): void {
  const services = new Function(scope, 'Services', {
    description: 'The services that the steps of the workflow use',
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(SERVICE),
  });
  const service = { function: services, compensation: services };
  orders.addWorkflow('Fulfill', {
    salesChannels: ['subscription'],
    definition: new OrderSaga(scope, 'Fulfillment', {
      deadline: local ? Duration.hours(1) : Duration.days(10),
      steps: [
        OrderSagaStep.function('ReserveStock', service),
        OrderSagaStep.function('AuthorizePayment', { ...service, retry: { interval: Duration.seconds(1), maxAttempts: 2 } }),
        OrderSagaStep.answer('ShipOrder', {
          timeout: local ? Duration.minutes(10) : Duration.days(5),
          reminders: local ? [] : [Duration.days(3)],
          compensation: services,
        }),
      ],
    }),
    onSuccess: OrderWorkflowCommand.fulfill(),
    onFailure: OrderWorkflowCommand.cancel(),
  });
}
