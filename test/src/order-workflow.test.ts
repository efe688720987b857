import { Duration } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Choice, Condition, CustomState, LogLevel, Pass, Wait, WaitTime, type IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { OrderSaga, OrderSagaStep, OrderWorkflow, OrderWorkflowCommand, OrderWorkflowTrigger, type OrderWorkflowProps } from '../../src';
import { EVENT_TYPE, WORKFLOW_FAILED } from '../../src/private/contract';
import { matchesPattern } from '../support/event-matcher';
import { definitionOf, step, synthWorkflow } from '../support/sample-workflow';
import { synth } from '../support/synth';
import { actionsByResource, resourceOf, resourcesOf, roleStatements, statementsIn } from '../support/template';
import { runWorkflow, TRIGGER } from '../support/workflow-run';

const anything = (stack: Stack): IChainable => new Pass(stack, 'Anything');

describe('a workflow', () => {
  const { template } = synthWorkflow(anything);
  const [rule] = resourcesOf(template, 'AWS::Events::Rule');
  const [machine] = resourcesOf(template, 'AWS::StepFunctions::StateMachine');

  test('starts for OrderConfirmed of its pipeline only', () => {
    const matches = (type: string, pipeline?: string) =>
      matchesPattern(rule.properties.EventPattern, { 'source': 'orders', 'detail-type': type, 'detail': { metadata: { pipeline } } });
    expect(Object.values(EVENT_TYPE).filter((type) => matches(type, 'shop'))).toEqual(['OrderConfirmed']);
    expect(['other', undefined].map((pipeline) => matches('OrderConfirmed', pipeline))).toEqual([false, false]);
  });

  test('receives events by a queue with a dead-letter queue, which also gets those that EventBridge cannot deliver', () => {
    expect(rule.properties.Targets).toEqual([{
      Id: 'Target0',
      Arn: { 'Fn::GetAtt': [resourceOf(template, 'AWS::SQS::Queue', 'WorkflowQueue').id, 'Arn'] },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [resourceOf(template, 'AWS::SQS::Queue', 'WorkflowDeadLetterQueue').id, 'Arn'] } },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    }]);
  });

  test('is a standard state machine that logs every state without its data, and stops after a year', () => {
    expect(machine.properties).toMatchObject({
      LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' }, TracingConfiguration: { Enabled: false },
    });
    expect(machine.properties.StateMachineType ?? 'STANDARD').toBe('STANDARD');
    expect(definitionOf({ template })).toMatchObject({ TimeoutSeconds: 31_536_000 });
  });

  test('its function may start executions of it, and no other', () => {
    expect(actionsByResource(roleStatements(template, 'StartOrderWorkflow'))).toMatchObject({ FulfillmentStateMachine: ['states:StartExecution'] });
    expect(resourceOf(template, 'AWS::Lambda::Function', 'StartOrderWorkflow').properties.Environment.Variables)
      .toMatchObject({ WORKFLOW_NAME: 'Fulfillment', STATE_MACHINE_ARN: { Ref: machine.id } });
  });

  test('its state machine may publish events with the source of the pipeline', () => {
    const { properties } = resourceOf(template, 'AWS::IAM::Policy', 'StateMachineRoleDefaultPolicy');
    expect(statementsIn(properties.PolicyDocument)).toContainEqual(expect.objectContaining({
      actions: ['events:PutEvents'], condition: { StringEquals: { 'events:source': 'orders' } },
    }));
  });

  test('ends with an event when it has no command', async () => {
    const { events, output } = await runWorkflow(definitionOf({ template }));
    expect(events).toMatchObject([{ type: 'OrderWorkflowSucceeded', detail: { data: { workflow: 'Fulfillment' } } }]);
    expect(output).toEqual({ outcome: 'SUCCEEDED' });
  });
});

describe('the trigger', () => {
  test.each(Object.values(OrderWorkflowTrigger))('%s is an event of the pipeline', (trigger) => {
    expect(Object.values(EVENT_TYPE)).toContain(trigger);
    const { template } = synthWorkflow(anything, { trigger });
    expect(resourcesOf(template, 'AWS::Events::Rule')[0].properties.EventPattern['detail-type']).toEqual([trigger]);
  });
});

describe('sales channels', () => {
  const started = (salesChannel?: string, pipeline = 'shop') => matchesPattern(
    resourcesOf(synthWorkflow(anything, { salesChannels: ['subscription', 'store'] }).template, 'AWS::Events::Rule')[0].properties.EventPattern,
    { 'source': 'orders', 'detail-type': 'OrderConfirmed', 'detail': { metadata: { pipeline }, facts: { salesChannel } } },
  );

  test('limit the orders for which executions start', () => {
    expect([started('subscription'), started('store'), started('web'), started()]).toEqual([true, true, false, false]);
    expect(started('store', 'other')).toBe(false);
  });

  test('fail at synth without an entry, and for orders that may not be readable', () => {
    expect(() => synthWorkflow(anything, { salesChannels: [] })).toThrow('`salesChannels` must have at least one entry, got none');
    expect(() => synthWorkflow(anything, { salesChannels: ['web'], trigger: OrderWorkflowTrigger.ORDER_REJECTED }))
      .toThrow('`salesChannels` cannot be set when `trigger` is OrderRejected');
  });
});

describe('a command at the end', () => {
  const eventsOf = async (onSuccess: OrderWorkflowCommand, onFailure: OrderWorkflowCommand, hasFailed: boolean, code = 'CARD_DECLINED') => {
    const saga = (stack: Stack) => new OrderSaga(stack, 'Saga', { steps: [step(stack, 'Pay')] });
    const definition = definitionOf(synthWorkflow(saga, { trigger: OrderWorkflowTrigger.ORDER_PENDING, onSuccess, onFailure }));
    const pending = { ...TRIGGER, data: { ...TRIGGER.data, confirmation: { decisionId: 'decision-1' } } };
    const { events } = await runWorkflow(definition, () => (hasFailed ? { outcome: 'FAILED', code } : {}), pending);
    return events.at(-1)!;
  };

  test('fulfills the order', async () => {
    expect(await eventsOf(OrderWorkflowCommand.fulfill(), OrderWorkflowCommand.cancel(), false)).toMatchObject({ type: 'OrderFulfilled', detail: { data: {} } });
  });

  test.each<[string, OrderWorkflowCommand, object]>([
    ['cancels the order with the step that failed', OrderWorkflowCommand.cancel(), { type: 'OrderCancellationRequested', detail: { data: { reason: 'workflow Fulfillment failed at Pay: CARD_DECLINED' } } }],
    ['cancels the order with a reason of the app', OrderWorkflowCommand.cancel('not paid'), { type: 'OrderCancellationRequested', detail: { data: { reason: 'not paid' } } }],
    ['rejects the pending order with the step that failed', OrderWorkflowCommand.reject(), {
      type: 'OrderConfirmationDecided', detail: { data: { decisionId: 'decision-1', decision: 'REJECT', reasons: [{ code: 'CARD_DECLINED', message: 'workflow Fulfillment failed at Pay: CARD_DECLINED' }] } },
    }],
    ['rejects the pending order with a reason of the app', OrderWorkflowCommand.reject('NOT_PAID', 'the "bank" declined'), {
      type: 'OrderConfirmationDecided', detail: { data: { decision: 'REJECT', reasons: [{ code: 'NOT_PAID', message: 'the "bank" declined' }] } },
    }],
  ])('%s', async (_, command, event) => {
    expect(await eventsOf(OrderWorkflowCommand.confirm(), command, true)).toMatchObject(event);
  });

  test('confirms the pending order', async () => {
    expect(await eventsOf(OrderWorkflowCommand.confirm(), OrderWorkflowCommand.reject(), false))
      .toMatchObject({ type: 'OrderConfirmationDecided', detail: { data: { decisionId: 'decision-1', decision: 'CONFIRM' } } });
  });

  test('rejects the pending order with a code that the pipeline accepts, also after an error', async () => {
    const { detail } = await eventsOf(OrderWorkflowCommand.confirm(), OrderWorkflowCommand.reject(), true, 'card.declined');
    expect(detail.data.reasons).toEqual([{ code: 'STEP_FAILED', message: 'workflow Fulfillment failed at Pay: card.declined' }]);
  });

  test('cannot decide about an order that is not pending', () => {
    expect(() => synthWorkflow(anything, { onSuccess: OrderWorkflowCommand.confirm() })).toThrow(
      '`onSuccess` cannot confirm or reject an order when `trigger` is OrderConfirmed; use OrderWorkflowTrigger.ORDER_PENDING, or another command',
    );
  });
});

describe('options', () => {
  test('set logs, tracing and time-out', () => {
    const { template } = synthWorkflow(anything, { executionLogLevel: LogLevel.OFF, tracing: true, executionTimeout: Duration.days(3) });
    const [{ properties }] = resourcesOf(template, 'AWS::StepFunctions::StateMachine');
    expect(properties).toMatchObject({ TracingConfiguration: { Enabled: true } });
    expect(properties).not.toHaveProperty('LoggingConfiguration');
    expect(resourceOf(template, 'AWS::Lambda::Function', 'StartOrderWorkflow').properties.Timeout).toBe(30);
    expect(definitionOf({ template })).toMatchObject({ TimeoutSeconds: 259_200 });
  });

  test('a key encrypts the state machine and the queues, and the function that starts executions may use it', () => {
    const { template } = synth((stack) => new OrderWorkflow(stack, 'Fulfillment', {
      eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'), pipelineId: 'shop', definition: anything(stack), encryptionKey: new Key(stack, 'Key'),
    }), { region: 'eu-central-1' });
    expect(resourcesOf(template, 'AWS::StepFunctions::StateMachine')[0].properties.EncryptionConfiguration).toMatchObject({ Type: 'CUSTOMER_MANAGED_KMS_KEY' });
    expect(actionsByResource(roleStatements(template, 'StartOrderWorkflow')).Key).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']));
  });

  test.each<[string, Partial<OrderWorkflowProps>, string]>([
    ['a time-out of seconds', { executionTimeout: Duration.seconds(3) }, '`executionTimeout` must be between 1 minute and 365 days, got 3 seconds'],
    ['an event source of AWS', { eventSource: 'aws.orders' }, '`eventSource` must not begin with "aws.", got aws.orders'],
    ['a batch size', { startOrderWorkflow: { batchSize: 11 } }, '`startOrderWorkflow.batchSize` must be an integer between 1 and 10, got 11'],
  ])('fail at synth for %s', (_, props, message) => {
    expect(() => synthWorkflow(anything, props)).toThrow(message);
  });

  test('fail at synth for an ID that names no workflow', () => {
    expect(() => synth((stack) => new OrderWorkflow(stack, 'my workflow', { eventBus: new EventBus(stack, 'Bus'), definition: anything(stack) }))).toThrow(
      'the ID of a workflow must have 1 to 23 of A-Z a-z 0-9 - and begin with one of A-Z a-z, because it names the workflow in events and redrive commands, got my workflow',
    );
  });

  test('fail at synth for steps that wait for answers without tasks', () => {
    const saga = (stack: Stack) => new OrderSaga(stack, 'Saga', { steps: [OrderSagaStep.answer('Ship', { timeout: Duration.days(1) })] });
    expect(() => synthWorkflow(saga)).toThrow('`tasks` must be set, because steps of `definition` wait for answers; pass an OrderTasks');
  });
});

describe('a definition that cannot end fails at synth', () => {
  test.each<[string, (stack: Stack) => IChainable, string]>([
    ['with a loop', (stack) => {
      const first = new Pass(stack, 'First');
      first.next(new Wait(stack, 'Pause', { time: WaitTime.duration(Duration.hours(1)) })).next(first);
      return first;
    }, 'the workflow cannot end after First, Pause; add a way to a state without a next one, or to Succeed or Fail'],
    ['with a wait for a token without a time-out', (stack) => new CustomState(stack, 'Approve', {
      stateJson: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { 'QueueUrl': 'x', 'MessageBody.$': '$$.Task.Token' } },
    }), 'the state Approve waits without a time-out; set `taskTimeout`, after which the error States.Timeout can be caught'],
    ['with an activity without a time-out', (stack) => new CustomState(stack, 'Pack', {
      stateJson: { Type: 'Task', Resource: 'arn:aws:states:eu-central-1:123456789012:activity:pack' },
    }), 'the state Pack waits without a time-out'],
    ['with a next state that does not exist', (stack) => new CustomState(stack, 'Typo', { stateJson: { Type: 'Pass', Next: 'Nowhere', End: undefined } }),
      'the state Typo continues at Nowhere, which does not exist; add it, or correct the name'],
    ['with a state that no other state continues at', (stack) => {
      new Pass(stack, 'Forgotten');
      return new Pass(stack, 'Start');
    }, 'the state Forgotten is in no definition; chain a state to it, or remove it'],
  ])('%s', (_, definition, message) => {
    expect(() => synthWorkflow(definition)).toThrow(message);
  });

  test('but a loop with a way out can end', () => {
    expect(() => synthWorkflow((stack) => {
      const poll = new Pass(stack, 'Poll');
      poll.next(new Choice(stack, 'Ready?').when(Condition.booleanEquals('$.ready', true), new Pass(stack, 'Done')).otherwise(poll));
      return poll;
    })).not.toThrow();
  });

  test('and a wait with a time-out can end', () => {
    expect(() => synthWorkflow((stack) => new CustomState(stack, 'Approve', {
      stateJson: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', TimeoutSeconds: 60, Parameters: {} },
    }))).not.toThrow();
  });
});

test('an error of the app fails the execution, and no command is sent', async () => {
  const definition = definitionOf(synthWorkflow((stack) => new CustomState(stack, 'Own', {
    stateJson: { Type: 'Fail', Error: 'Own.Error', Cause: 'own', End: undefined },
  }), { onFailure: OrderWorkflowCommand.cancel() }));
  const { error, events } = await runWorkflow(definition);
  expect({ error, events }).toEqual({ error: 'Own.Error', events: [] });
});

test('a state of the app can fail the workflow with its error', async () => {
  const definition = definitionOf(synthWorkflow((stack) => new CustomState(stack, 'Own', {
    stateJson: { Type: 'Fail', Error: WORKFLOW_FAILED, Cause: '{"step":"Own","code":"TOO_LATE"}', End: undefined },
  }), { onFailure: OrderWorkflowCommand.cancel() }));
  const { events } = await runWorkflow(definition, undefined, TRIGGER);
  expect(events.map(({ type }) => type)).toEqual(['OrderWorkflowFailed', 'OrderCancellationRequested']);
});
