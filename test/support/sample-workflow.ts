import { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Function, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { synth, type Synthesized } from './synth';
import { resourcesOf } from './template';
import { OrderSaga, OrderSagaStep, OrderWorkflow, type OrderSagaProps, type OrderWorkflowProps } from '../../src';
import type { AslStates } from '../../src/private/workflow/definition';

/** A function of the app. */
export const appFunction = (stack: Stack, name: string): IFunction =>
  stack.node.tryFindChild(name) as IFunction ?? Function.fromFunctionArn(stack, name, `arn:aws:lambda:eu-central-1:123456789012:function:${name}`);

/** A step with a function, and one that compensates it. */
export const step = (stack: Stack, name: string, options: { readonly condition?: string } = {}): OrderSagaStep =>
  OrderSagaStep.function(name, { function: appFunction(stack, name), compensation: appFunction(stack, `undo-${name}`), ...options });

/** Synthesizes a workflow with a definition. */
export const synthWorkflow = (definition: (stack: Stack) => IChainable, props: Partial<OrderWorkflowProps> = {}): Synthesized<OrderWorkflow> =>
  synth((stack) => new OrderWorkflow(stack, 'Fulfillment', {
    eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'), pipelineId: 'shop', definition: definition(stack), ...props,
  }));

/** Synthesizes a workflow with a saga. */
export const synthSaga = (steps: (stack: Stack) => OrderSagaProps['steps'], props: Partial<OrderSagaProps & OrderWorkflowProps> = {}): Synthesized<OrderWorkflow> =>
  synthWorkflow((stack) => new OrderSaga(stack, 'Saga', { steps: steps(stack), ...props }), props);

/** The definition of the only state machine, with fixed values for those that are known only at deployment. */
export function definitionOf({ template }: Pick<Synthesized<unknown>, 'template'>): AslStates {
  const [{ properties: { DefinitionString: text } }] = resourcesOf(template, 'AWS::StepFunctions::StateMachine');
  const known = (part: unknown) => (typeof part === 'string' ? part : (part as { Ref?: string }).Ref === 'AWS::Partition' ? 'aws' : 'value');
  return JSON.parse(typeof text === 'string' ? text : text['Fn::Join'][1].map(known).join('')) as AslStates;
}
