import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { ConfirmationDecision, OrderConfirmation, OrderConfirmationFlow, PendingChangePolicy, type OrderConfirmationFlowProps } from '../../src';
import { EVENT_TYPE, CONFIRMATION_DECISION, PENDING_CHANGE_POLICY } from '../../src/private/contract';
import { matchesPattern } from '../support/event-matcher';
import { wrongQueueOptions } from '../support/queue-options';
import { synth, synthPipeline, warningsOf } from '../support/synth';
import { actionsByResource, resourceOf, resourcesOf, roleStatements } from '../support/template';

type Props = Partial<OrderConfirmationFlowProps>;
const payments = (stack: Stack) => Function.fromFunctionName(stack, 'Payments', 'payments');
const synthFlow = (props: (stack: Stack) => Props = () => ({})) => synth((stack) => new OrderConfirmationFlow(stack, 'Confirmation', {
  confirmation: OrderConfirmation.event(),
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'),
  ordersTable: TableV2.fromTableName(stack, 'OrdersTable', 'orders'),
  sequenceTable: TableV2.fromTableName(stack, 'SequenceTable', 'sequences'),
  pipelineId: 'shop',
  acceptEventsWithoutPipeline: true,
  ...props(stack),
}));
type Template = ReturnType<typeof synthFlow>['template'];

const patternOf = (template: Template, id: string) => resourceOf(template, 'AWS::Events::Rule', id).properties.EventPattern;
const event = (type: string, data: object = {}, pipeline = 'shop') => ({ 'source': 'orders', 'detail-type': type, 'detail': { metadata: { pipeline }, data } });

describe('with decisions of another system', () => {
  const { template, created, stack } = synthFlow();

  test('one rule matches decisions, also without a pipeline', () => {
    template.resourceCountIs('AWS::Events::Rule', 1);
    const matches = (type: string) => matchesPattern(patternOf(template, 'DecisionEvents'), event(type));
    expect(Object.values(EVENT_TYPE).filter(matches)).toEqual(['OrderConfirmationDecided']);
    expect(matchesPattern(patternOf(template, 'DecisionEvents'), { 'source': 'orders', 'detail-type': 'OrderConfirmationDecided', 'detail': { metadata: {} } })).toBe(true);
  });

  test('one function consumes them, with its settings, and no other exists', () => {
    expect(resourcesOf(template, 'AWS::Lambda::Function')).toHaveLength(1);
    const { Variables } = resourceOf(template, 'AWS::Lambda::Function', 'DecideConfirmation').properties.Environment;
    expect(JSON.parse(Variables.CONFIRMATION)).toEqual({ timeout: 3600, onTimeout: 'REJECT', onChange: 'RESTART' });
    const { confirmationQueue, confirmationDeadLetterQueue, requestConfirmationFunction } = created;
    expect([confirmationQueue, confirmationDeadLetterQueue, requestConfirmationFunction]).toEqual([undefined, undefined, undefined]);
  });

  test('gives no warning', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('with a function', () => {
  const { template } = synthFlow((stack) => ({ confirmation: OrderConfirmation.function(payments(stack)) }));

  test('a rule matches orders that are pending, or were changed while they are, of this pipeline only', () => {
    const pattern = patternOf(template, 'PendingOrders');
    const matches = (type: string, status: string, pipeline?: string) => matchesPattern(pattern, event(type, { status }, pipeline));
    expect([matches('OrderPending', 'PENDING'), matches('OrderChanged', 'PENDING'), matches('OrderChanged', 'CONFIRMED'), matches('OrderPending', 'PENDING', 'other')])
      .toEqual([true, true, false, false]);
  });

  test('request-confirmation may invoke it, and publish decisions under the source of the pipeline', () => {
    const actions = actionsByResource(roleStatements(template, 'RequestConfirmation'));
    expect(Object.entries(actions).filter(([resource]) => resource.includes('payments'))).toEqual([[expect.stringMatching(/:function:payments$/), ['lambda:InvokeFunction']]]);
    expect(roleStatements(template, 'RequestConfirmation').find(({ actions: [action] }) => action === 'events:PutEvents')?.condition)
      .toEqual({ StringEquals: { 'events:source': 'orders' } });
  });
});

test('the settings are those of the options', () => {
  const confirmation = OrderConfirmation.event({
    timeout: Duration.days(2), onTimeout: ConfirmationDecision.CONFIRM, onChange: PendingChangePolicy.REFUSE,
  });
  const { template } = synthFlow(() => ({ confirmation }));
  const { CONFIRMATION } = resourceOf(template, 'AWS::Lambda::Function', 'DecideConfirmation').properties.Environment.Variables;
  expect(JSON.parse(CONFIRMATION)).toEqual({ timeout: 172_800, onTimeout: 'CONFIRM', onChange: 'REFUSE' });
});

test('the decisions and policies are the same in the API and the contract', () => {
  expect({ ...ConfirmationDecision }).toEqual(CONFIRMATION_DECISION);
  expect({ ...PendingChangePolicy }).toEqual(PENDING_CHANGE_POLICY);
});

test('a pipeline with it settles orders soon after their deadline', () => {
  const { template } = synthPipeline(() => ({ confirmation: OrderConfirmation.event() }));
  expect(resourceOf(template, 'AWS::Events::Rule', 'ExpirySchedule').properties.ScheduleExpression).toBe('rate(1 minute)');
  expect(resourceOf(synthPipeline().template, 'AWS::Events::Rule', 'ExpirySchedule').properties.ScheduleExpression).toBe('rate(15 minutes)');
});

describe('fails when', () => {
  test.each<[string, (stack: Stack) => Props, string]>([
    ['the timeout is too short', () => ({ confirmation: OrderConfirmation.event({ timeout: Duration.seconds(30) }) }),
      '`confirmation.timeout` must be between 1 minute and 30 days, got 30 seconds'],
    ['the timeout is too long', () => ({ confirmation: OrderConfirmation.event({ timeout: Duration.days(31) }) }),
      '`confirmation.timeout` must be between 1 minute and 30 days, got 31 days'],
    ['the timeout is known only at deployment',
      (stack) => ({ confirmation: OrderConfirmation.event({ timeout: Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber) }) }),
      '`confirmation.timeout` must be known at synth, because handlers get it together with other settings'],
    ['options of the function are set without one', () => ({ requestConfirmation: { batchSize: 5 } }),
      '`requestConfirmation` cannot be set without `confirmation: OrderConfirmation.function(…)`'],
  ])('%s', (_, props, message) => {
    expect(() => synthFlow(props)).toThrow(`Test/Confirmation: ${message}`);
  });

  test.each(wrongQueueOptions('decideConfirmation'))('options of the decision queue are wrong: %j', (options, message) => {
    expect(() => synthFlow(() => ({ decideConfirmation: options }))).toThrow(`Test/Confirmation: ${message}`);
  });

  test('a pipeline has options of a confirmation that it does not have', () => {
    expect(() => synthPipeline(() => ({ decideConfirmation: { batchSize: 5 } }))).toThrow('Test/Orders: `decideConfirmation` cannot be set without `confirmation`');
  });
});
