import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Pass, StateMachine, DefinitionBody } from 'aws-cdk-lib/aws-stepfunctions';
import { OrderSaga, OrderSagaStep, OrderTasks, OrderWorkflow, OrderWorkflowCommand, type AnswerSagaStepOptions } from '../../src';
import { appFunction, definitionOf, step, synthSaga } from '../support/sample-workflow';
import { synth } from '../support/synth';
import { aslErrors } from '../support/validate-asl';
import { EXECUTION, fail, runWorkflow, TRIGGER, type Behavior } from '../support/workflow-run';

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);
const eventsOfSteps = (events: readonly { readonly type: string; readonly detail: { data: { step?: string } } }[]) =>
  events.filter(({ type }) => type.startsWith('OrderWorkflowStep')).map(({ type, detail }) => `${detail.data.step} ${type.slice('OrderWorkflowStep'.length)}`);

/** What a step does that is declined. */
const declined = { outcome: 'FAILED', code: 'SOLD_OUT', message: 'not in stock' };
const decline = (name: string): Behavior => (invoked) => (invoked === name ? declined : { done: invoked });
const failing = (name: string, error?: string): Behavior => (invoked) => (invoked === name ? fail(error) : { done: invoked });

describe('three steps', () => {
  const definition = definitionOf(synthSaga((stack) => ['Reserve', 'Pay', 'Ship'].map((name) => step(stack, name)), {
    onSuccess: OrderWorkflowCommand.fulfill(), onFailure: OrderWorkflowCommand.cancel(),
  }));

  test('are valid Amazon States Language', () => {
    expect(aslErrors(definition)).toEqual([]);
  });

  test('run one after the other, and the workflow ends with its command', async () => {
    const { invocations, events, output } = await runWorkflow(definition);
    expect(invocations).toEqual(['Reserve', 'Pay', 'Ship']);
    expect(typesOf(events)).toEqual(['OrderWorkflowStepSucceeded', 'OrderWorkflowStepSucceeded', 'OrderWorkflowStepSucceeded', 'OrderWorkflowSucceeded', 'OrderFulfilled']);
    expect(output).toEqual({ outcome: 'SUCCEEDED' });
  });

  test('receive the detail of the event, the outcomes of earlier steps, and the same idempotency key for each attempt', async () => {
    const keys: string[] = [];
    const { inputs } = await runWorkflow(definition, (name, { step: { idempotencyKey } }, attempt) => {
      if (name === 'Pay') keys.push(idempotencyKey);
      return name === 'Pay' && attempt < 3 ? fail() : { done: name };
    });
    expect(inputs.get('Pay')).toEqual({
      ...TRIGGER,
      steps: { Reserve: { status: 'SUCCEEDED', result: { done: 'Reserve' } } },
      step: { name: 'Pay', isCompensation: false, idempotencyKey: 'order-1-0123456789abcdef0123456789abcdef:Pay' },
    });
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(3);
  });

  test('are compensated in reverse sequence when a later one is declined, which itself had no effect', async () => {
    const { invocations, events, output } = await runWorkflow(definition, decline('Ship'));
    expect(invocations).toEqual(['Reserve', 'Pay', 'Ship', 'undo-Pay', 'undo-Reserve']);
    expect(eventsOfSteps(events)).toEqual(['Reserve Succeeded', 'Pay Succeeded', 'Ship Failed', 'Pay Compensated', 'Reserve Compensated']);
    expect(typesOf(events).slice(-2)).toEqual(['OrderWorkflowFailed', 'OrderCancellationRequested']);
    expect(output).toEqual({ outcome: 'FAILED', failure: { step: 'Ship', code: 'SOLD_OUT', message: 'not in stock' } });
  });

  test('are compensated together with a step that ended with an error, because it may have taken effect', async () => {
    const { invocations, events } = await runWorkflow(definition, failing('Pay', 'Lambda.Unknown'));
    expect(invocations).toEqual(['Reserve', 'Pay', 'Pay', 'Pay', 'Pay', 'undo-Pay', 'undo-Reserve']);
    expect(events.find(({ type }) => type === 'OrderWorkflowStepFailed')!.detail.data).toEqual({
      workflow: 'Fulfillment', execution: 'order-1-0123456789abcdef0123456789abcdef', step: 'Pay', code: 'Lambda.Unknown',
    });
    expect(events.at(-1)!.detail.data).toEqual({ reason: 'workflow Fulfillment failed at Pay: Lambda.Unknown' });
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  test('are not compensated when the first one is declined', async () => {
    expect((await runWorkflow(definition, decline('Reserve'))).invocations).toEqual(['Reserve']);
  });

  test('fail the execution when a compensation still fails after a day of retries, with no command: it can be redriven', async () => {
    const { invocations, events, error } = await runWorkflow(definition, (name) => (name === 'undo-Reserve' ? fail('Down') : decline('Pay')(name, {}, 1)));
    expect(error).toBe('Down');
    expect(invocations.filter((name) => name === 'undo-Reserve')).toHaveLength(106);
    expect(typesOf(events)).not.toContain('OrderCancellationRequested');
  });

  test('fail the execution when a compensation is declined', async () => {
    const { error, cause } = await runWorkflow(definition, (name) => (name.startsWith('undo-') || name === 'Pay' ? declined : {}));
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain('the compensation answered FAILED');
  });

  test('have events with the IDs of the trigger, whose event IDs are the same after a repetition and different for each step', async () => {
    const [first, second] = await Promise.all([runWorkflow(definition, decline('Ship')), runWorkflow(definition, decline('Ship'))]);
    const idsOf = ({ events }: typeof first) => events.map(({ detail }) => detail.metadata.eventId as string);
    expect(idsOf(first)).toEqual(idsOf(second));
    expect(new Set(idsOf(first)).size).toBe(first.events.length);
    expect(Math.max(...idsOf(first).map(({ length }) => length))).toBeLessThanOrEqual(128);
    const [{ type, detail }] = first.events;
    expect(detail).toEqual({
      metadata: { ...TRIGGER.metadata, eventId: expect.stringContaining(':Reserve:succeeded'), eventType: type, causationId: 'event-1', occurredAt: expect.any(String), pipeline: 'shop' },
      facts: TRIGGER.facts,
      data: { workflow: 'Fulfillment', execution: expect.any(String), step: 'Reserve' },
    });
  });

  test('request the command like another system, with the tenant of the order', async () => {
    const input = { ...TRIGGER, metadata: { ...TRIGGER.metadata, tenant: 'acme' } };
    const { events } = await runWorkflow(definition, undefined, input);
    expect(events.at(-1)).toEqual({
      type: 'OrderFulfilled',
      detail: {
        metadata: {
          orderId: 'order-1',
          tenant: 'acme',
          correlationId: 'correlation-1',
          causationId: 'event-1',
          pipeline: 'shop',
          occurredAt: expect.any(String),
          eventId: 'order-1-0123456789abcdef0123456789abcdef:fulfill',
        },
        data: {},
      },
    });
  });
});

describe('parallel steps', () => {
  const definition = definitionOf(synthSaga((stack) => [
    OrderSagaStep.parallel('Prepare', step(stack, 'Reserve'), step(stack, 'Pay'), OrderSagaStep.function('Notify', { function: appFunction(stack, 'Notify') })),
    step(stack, 'Ship'),
  ]));

  test('pass on the outcomes of all of them', async () => {
    const { inputs } = await runWorkflow(definition, (name) => ({ done: name }));
    expect(inputs.get('Ship')).toMatchObject({
      data: TRIGGER.data, steps: { Reserve: { result: { done: 'Reserve' } }, Pay: { result: { done: 'Pay' } }, Notify: { status: 'SUCCEEDED' } },
    });
    expect(inputs.get('Ship')).not.toHaveProperty('branches');
  });

  test('all end when one of them fails, and those that took effect are compensated', async () => {
    const { invocations, events } = await runWorkflow(definition, decline('Pay'));
    expect([...invocations].sort()).toEqual(['Notify', 'Pay', 'Reserve', 'undo-Reserve']);
    expect(typesOf(events).at(-1)).toBe('OrderWorkflowFailed');
  });

  test('are compensated together when a later step fails, with nothing to compensate for those without a compensation', async () => {
    const { invocations } = await runWorkflow(definition, decline('Ship'));
    expect([...invocations.slice(-2)].sort()).toEqual(['undo-Pay', 'undo-Reserve']);
  });
});

describe('a conditional step', () => {
  const definition = definitionOf(synthSaga((stack) => [step(stack, 'CheckFraud', { condition: '{% $states.input.facts.total >= 50000 %}' }), step(stack, 'Ship')]));
  const withTotal = (total: number) => ({ ...TRIGGER, facts: { ...TRIGGER.facts, total } });

  test('runs if its condition is met, and is compensated', async () => {
    expect((await runWorkflow(definition, decline('Ship'), withTotal(50_000))).invocations).toEqual(['CheckFraud', 'Ship', 'undo-CheckFraud']);
  });

  test('is skipped otherwise, without an event, and not compensated', async () => {
    const { invocations, events, inputs } = await runWorkflow(definition, decline('Ship'), withTotal(49_999));
    expect(invocations).toEqual(['Ship']);
    expect(eventsOfSteps(events)).toEqual(['Ship Failed']);
    expect(inputs.get('Ship').steps).toEqual({ CheckFraud: { status: 'SKIPPED' } });
  });

  test('is skipped when the fact is missing', async () => {
    expect((await runWorkflow(definition, undefined, { ...TRIGGER, facts: {} })).invocations).toEqual(['Ship']);
  });
});

describe('a step for each line item', () => {
  const definition = definitionOf(synthSaga((stack) => [
    OrderSagaStep.forEachItem('Pick', { function: appFunction(stack, 'Pick'), compensation: appFunction(stack, 'undo-Pick'), maxConcurrency: 2 }),
    step(stack, 'Ship'),
  ]));

  test('is valid Amazon States Language', () => {
    expect(aslErrors(definition)).toEqual([]);
  });

  test('invokes the function for each of them, with its own idempotency key', async () => {
    const { inputs, invocations } = await runWorkflow(definition);
    expect(invocations).toEqual(['Pick[0]', 'Pick[1]', 'Pick[2]', 'Ship']);
    expect(inputs.get('Pick[1]').step).toEqual({
      name: 'Pick', isCompensation: false, idempotencyKey: 'order-1-0123456789abcdef0123456789abcdef:Pick:1', item: { sku: 'b' }, index: 1,
    });
    expect(inputs.get('Ship').steps.Pick).toMatchObject({ status: 'SUCCEEDED', items: [{}, {}, {}].map(() => ({ status: 'SUCCEEDED' })) });
  });

  test('is compensated only for those that may have taken effect', async () => {
    const { invocations, events } = await runWorkflow(definition, (name) => (name === 'Pick[1]' ? declined : name === 'Pick[2]' ? fail() : {}));
    expect(invocations.filter((name) => name.startsWith('undo')).sort()).toEqual(['undo-Pick[0]', 'undo-Pick[2]']);
    expect(eventsOfSteps(events)).toEqual(['Pick Failed', 'Pick Compensated']);
  });

  test('is compensated when a later step fails', async () => {
    expect((await runWorkflow(definition, decline('Ship'))).invocations.slice(-3).sort()).toEqual(['undo-Pick[0]', 'undo-Pick[1]', 'undo-Pick[2]']);
  });

  test('works for an order with one line item', async () => {
    const input = { ...TRIGGER, data: { order: { items: [{ sku: 'a' }] } } };
    const { invocations } = await runWorkflow(definition, decline('Ship'), input);
    expect(invocations).toEqual(['Pick[0]', 'Ship', 'undo-Pick[0]']);
  });
});

describe('a step with states of the app', () => {
  const definition = definitionOf(synthSaga((stack) => [
    OrderSagaStep.states('Label', {
      states: Pass.jsonata(stack, 'Print', { outputs: { label: '{% $states.input.metadata.orderId %}' } }), compensation: Pass.jsonata(stack, 'Unprint'),
    }),
    step(stack, 'Ship'),
  ]));

  test('passes its output on as its result', async () => {
    const { inputs, events } = await runWorkflow(definition, decline('Ship'));
    expect(inputs.get('Ship')).toMatchObject({ steps: { Label: { status: 'SUCCEEDED', result: { label: 'order-1' } } } });
    expect(inputs.get('Ship')).not.toHaveProperty('returned');
    expect(eventsOfSteps(events)).toEqual(['Label Succeeded', 'Ship Failed', 'Label Compensated']);
  });
});

describe('a step that waits for an answer', () => {
  const synthAnswer = (options: Partial<AnswerSagaStepOptions> = {}, deadline?: Duration) => definitionOf(synth((stack) => {
    const eventBus = EventBus.fromEventBusName(stack, 'Bus', 'shared');
    const answer = OrderSagaStep.answer('Ship', { timeout: Duration.hours(2), reminders: [Duration.hours(1)], compensation: appFunction(stack, 'undo-Ship'), ...options });
    return new OrderWorkflow(stack, 'Fulfillment', {
      eventBus,
      pipelineId: 'shop',
      tasks: new OrderTasks(stack, 'Tasks', { eventBus, pipelineId: 'shop' }),
      definition: new OrderSaga(stack, 'Saga', { steps: [step(stack, 'Pay'), answer], deadline }),
    });
  }));
  const definition = synthAnswer();
  const answered = (answer: object): Behavior => (name) => (name === 'Ship' ? answer : {});

  test('is valid Amazon States Language', () => {
    expect(aslErrors(definition)).toEqual([]);
    expect(aslErrors(synthAnswer({}, Duration.hours(3)))).toEqual([]);
  });

  test('opens a task with its token, its end and its reminders', async () => {
    const { inputs } = await runWorkflow(definition, answered({ outcome: 'SUCCEEDED' }));
    expect(inputs.get('Ship')).toEqual({
      taskToken: 'token-of-Ship',
      task: 'Ship',
      workflow: 'Fulfillment',
      execution: EXECUTION.Name,
      timeout: 7200,
      reminders: [3600],
      metadata: TRIGGER.metadata,
      facts: TRIGGER.facts,
    });
  });

  test('has the result of the answer', async () => {
    const { output, events } = await runWorkflow(definition, answered({ outcome: 'SUCCEEDED', result: { tracking: '1' } }));
    expect(output).toEqual({ outcome: 'SUCCEEDED' });
    expect(eventsOfSteps(events)).toEqual(['Pay Succeeded', 'Ship Succeeded']);
  });

  test('is declined by the answer, and the steps before it are compensated', async () => {
    const { output, invocations } = await runWorkflow(definition, answered({ outcome: 'FAILED', code: 'SOLD_OUT' }));
    expect(output).toEqual({ outcome: 'FAILED', failure: { step: 'Ship', code: 'SOLD_OUT' } });
    expect(invocations).toEqual(['Pay', 'Ship', 'undo-Pay']);
  });

  test('is compensated after its time-out, which is not retried, because the other system may have acted', async () => {
    const { output, invocations } = await runWorkflow(definition, failing('Ship', 'States.Timeout'));
    expect(output).toMatchObject({ failure: { step: 'Ship', code: 'States.Timeout' } });
    expect(invocations).toEqual(['Pay', 'Ship', 'undo-Ship', 'undo-Pay']);
  });

  test('is opened again after an error', async () => {
    const { invocations } = await runWorkflow(definition, (name, _, attempt) => (name === 'Ship' && attempt < 3 ? fail('Lambda.Unknown') : { outcome: 'SUCCEEDED' }));
    expect(invocations).toEqual(['Pay', 'Ship', 'Ship', 'Ship']);
  });

  test('waits at most until the deadline of the saga', async () => {
    const timeouts: number[] = [];
    const remembering: Behavior = (name, { timeout }) => {
      if (name === 'Ship') timeouts.push(timeout);
      return { outcome: 'SUCCEEDED' };
    };
    const startedAgo = (seconds: number) => ({ ...EXECUTION, StartTime: new Date(Date.now() - seconds * 1000).toISOString() });
    await runWorkflow(synthAnswer({}, Duration.hours(1)), remembering, TRIGGER, startedAgo(600));
    await runWorkflow(synthAnswer({}, Duration.hours(9)), remembering, TRIGGER, startedAgo(0));
    expect(timeouts[0]).toBeGreaterThan(2900);
    expect(timeouts[0]).toBeLessThanOrEqual(3000);
    expect(timeouts[1]).toBe(7200);
  });

  test.each<[string, Partial<AnswerSagaStepOptions>, string]>([
    ['a reminder after the time-out', { reminders: [Duration.hours(3)] }, '`timeout` must be longer than each of `reminders` (3 hours), got 2 hours'],
    ['a time-out of years', { timeout: Duration.days(800), reminders: [] }, '`timeout` must be between 1 second and 365 days, got 800 days'],
    ['many reminders', { reminders: Array.from({ length: 11 }, (_, index) => Duration.minutes(index + 1)) }, '`reminders` of the step Ship must be at most 10, got 11'],
  ])('fails at synth for %s', (_, options, message) => {
    expect(() => synthAnswer(options)).toThrow(message);
  });
});

describe('a deadline', () => {
  const definition = definitionOf(synthSaga((stack) => [step(stack, 'Reserve'), step(stack, 'Ship')], { deadline: Duration.hours(1) }));
  const startedAgo = (minutes: number) => ({ Name: 'order-1-x', StartTime: new Date(Date.now() - minutes * 60_000).toISOString() });

  test('lets steps start before it', async () => {
    expect((await runWorkflow(definition, undefined, TRIGGER, startedAgo(59))).invocations).toEqual(['Reserve', 'Ship']);
  });

  test('fails a step that would start after it', async () => {
    const { invocations, output } = await runWorkflow(definition, undefined, TRIGGER, startedAgo(61));
    expect(invocations).toEqual([]);
    expect(output).toEqual({ outcome: 'FAILED', failure: { step: 'Reserve', code: 'DEADLINE_EXCEEDED' } });
  });
});

describe('at synth', () => {
  const errorOf = (steps: Parameters<typeof synthSaga>[0], props = {}) => () => synthSaga(steps, props);

  test.each<[string, Parameters<typeof synthSaga>[0], object, string]>([
    ['without steps', () => [], {}, 'Test/Saga: `steps` must contain at least one step, got none'],
    ['with a name twice', (stack) => [step(stack, 'Pay'), step(stack, 'Pay')], {}, 'Test/Saga: `steps` must contain each name once, got Pay again'],
    ['with a wrong name', (stack) => [step(stack, '1st')], {}, 'Test/Saga: the name of a step must have 1 to 40 of A-Z a-z 0-9 _ - and begin with one of A-Z a-z, got 1st'],
    ['with a condition that is not JSONata', (stack) => [step(stack, 'Pay', { condition: 'total > 5' })], {},
      'Test/Saga: `condition` of the step Pay must be JSONata between {% and %}, such as {% $states.input.facts.total > 50000 %}, got total > 5'],
    ['with one parallel step', (stack) => [OrderSagaStep.parallel('Prepare', step(stack, 'Pay'))], {}, 'Test/Saga: the parallel steps Prepare must be at least 2, got 1'],
    ['with a deadline of seconds', (stack) => [step(stack, 'Pay')], { deadline: Duration.seconds(5) }, 'Test/Saga: `deadline` must be between 1 minute and 365 days, got 5 seconds'],
  ])('fails %s', (_, steps, props, message) => {
    expect(errorOf(steps, props)).toThrow(message);
  });

  test('fails when parallel steps are in parallel steps', () => {
    const nested = errorOf((stack) => [OrderSagaStep.parallel('A', step(stack, 'Pay'), OrderSagaStep.parallel('B', step(stack, 'X'), step(stack, 'Y')))]);
    expect(nested).toThrow('the parallel steps A cannot contain parallel steps; list all steps in one');
  });

  test('fails for a saga in a state machine that is not a workflow, whose variables it uses', () => {
    expect(() => synth((stack) => new StateMachine(stack, 'Own', {
      definitionBody: DefinitionBody.fromChainable(new OrderSaga(stack, 'Saga', { steps: [step(stack, 'Pay')] })),
    }))).toThrow('[Test/Saga] must be in the `definition` of an OrderWorkflow');
  });
});
