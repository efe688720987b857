/** A program that synthesizes four pipelines and prints their resource types and the version of aws-cdk-lib; `--flags` for those that CDK recommends. */
import { Duration } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { version } from 'aws-cdk-lib/package.json';
import { everythingOn, EVERYTHING_ON_ENV } from './everything-on';
import { definitionOf } from './sample-workflow';
import { synth, synthPipeline, UNWATCHED } from './synth';
import { resourcesOf } from './template';
import { OrderApi, OrderAuthentication, OrderPipeline, OrderSaga, OrderSagaStep } from 'cdk-order-pipeline';

/** The output of the program: for each pipeline, its resource types by logical ID. */
export interface SynthReport {
  readonly version: string;
  readonly minimal: Record<string, string>;
  readonly everything: Record<string, string>;
  readonly http: Record<string, string>;
  /** A workflow, with the definition of its state machine. */
  readonly workflow: Record<string, string>;
}

/** Excludes API deployments, whose logical IDs contain a hash of the API. */
const typesById = (template: Template): Record<string, string> => Object.fromEntries(
  resourcesOf(template).filter(({ type }) => type !== 'AWS::ApiGateway::Deployment').map(({ id, type }) => [id, type]),
);

function workflowReport(): Record<string, string> {
  const workflow = synth((stack) => {
    const orders = new OrderPipeline(stack, 'Orders', UNWATCHED);
    const pay = OrderSagaStep.function('Pay', { function: Function.fromFunctionName(stack, 'Pay', 'pay'), compensation: Function.fromFunctionName(stack, 'Refund', 'refund') });
    const steps = [OrderSagaStep.parallel('Both', pay, OrderSagaStep.answer('Ship', { timeout: Duration.days(5) }))];
    orders.addWorkflow('Fulfill', { definition: new OrderSaga(stack, 'Saga', { steps }) });
  });
  return { ...typesById(workflow.template), definition: JSON.stringify(definitionOf(workflow)) };
}

/** Synthesizes a minimal pipeline, one with every option, one with an HTTP API, and one with a workflow, with the loaded aws-cdk-lib. */
export const synthReport = (): SynthReport => ({
  version,
  minimal: typesById(synthPipeline().template),
  everything: typesById(synthPipeline(everythingOn, EVERYTHING_ON_ENV).template),
  http: typesById(synthPipeline((stack) => ({
    api: OrderApi.http(),
    authentication: OrderAuthentication.oidc({ issuer: 'https://login.example.com', audience: ['shop'] }),
    routeAuthentication: { cancelOrders: OrderAuthentication.iam(), readFiles: OrderAuthentication.lambda(Function.fromFunctionName(stack, 'Authorize', 'authorize')) },
    cors: { allowOrigins: ['*'] },
  })).template),
  workflow: workflowReport(),
});

if (require.main === module) {
  // Where an app looks for context.
  if (process.argv.includes('--flags')) process.env.CDK_CONTEXT_JSON = JSON.stringify(CURRENTLY_RECOMMENDED_FLAGS);
  console.log(JSON.stringify(synthReport()));
}
