import { Duration } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { OrderTasks, OrderTenants, RealtimeOrderIngest, type OrderTasksProps } from '../../src';
import { EVENT_TYPE, TASK_KEYS } from '../../src/private/contract';
import { matchesPattern } from '../support/event-matcher';
import { synth } from '../support/synth';
import { actionsByResource, resourceOf, resourcesOf, roleStatements } from '../support/template';

const synthTasks = (props: (stack: Stack) => Partial<OrderTasksProps> = () => ({})) => synth((stack) => new OrderTasks(stack, 'Tasks', {
  eventBus: EventBus.fromEventBusName(stack, 'Bus', 'shared'), pipelineId: 'shop', acceptEventsWithoutPipeline: true, ...props(stack),
}), { region: 'eu-central-1' });

describe('tasks', () => {
  const { template, created } = synthTasks();

  test('are answered by OrderTaskAnswered of other systems', () => {
    const [{ properties: { EventPattern } }] = resourcesOf(template, 'AWS::Events::Rule');
    const matches = (type: string, metadata = {}) => matchesPattern(EventPattern, { 'source': 'orders', 'detail-type': type, 'detail': { metadata } });
    expect(Object.values(EVENT_TYPE).filter((type) => matches(type))).toEqual(['OrderTaskAnswered']);
    expect([{ pipeline: 'shop' }, { pipeline: 'other' }].map((metadata) => matches('OrderTaskAnswered', metadata))).toEqual([true, false]);
  });

  test('are in a table with the keys that the handlers use, and expire', () => {
    expect(resourceOf(template, 'AWS::DynamoDB::GlobalTable', 'TasksTable').properties).toMatchObject({
      KeySchema: [{ AttributeName: TASK_KEYS.partitionKey, KeyType: 'HASH' }, { AttributeName: TASK_KEYS.sortKey, KeyType: 'RANGE' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  test('have no route without an API', () => {
    expect(created.receiveOrderTaskAnswerFunction).toBeUndefined();
    expect(resourcesOf(template, 'AWS::Lambda::Function')).toHaveLength(2);
  });
});

test('with an API, tasks are answered at POST /orders/{orderId}/tasks/{task}, and every other method is answered by 405', () => {
  const { template } = synthTasks((stack) => ({ ingest: new RealtimeOrderIngest(stack, 'Ingest', { eventBus: EventBus.fromEventBusName(stack, 'Same', 'shared'), pipelineId: 'shop' }) }));
  const { Variables } = resourceOf(template, 'AWS::Lambda::Function', 'ReceiveOrderTaskAnswer').properties.Environment;
  expect(JSON.parse(Variables.ALLOWED_METHODS)).toEqual({ '/orders/{orderId}/tasks/{task}': 'POST' });
});

test('with tenants, the consumer of answers checks the tenant', () => {
  const { template } = synthTasks(() => ({ tenants: OrderTenants.claim('tenant') }));
  expect(resourceOf(template, 'AWS::Lambda::Function', 'AnswerOrderTask').properties.Environment.Variables).toMatchObject({ HAS_TENANTS: 'true' });
});

test('with a key, the role of reminders may use it', () => {
  const { template } = synthTasks((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
  expect(actionsByResource(roleStatements(template, 'Reminder')).Key).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
});

test('wrong options fail at synth', () => {
  expect(() => synthTasks(() => ({ answerOrderTask: { timeout: Duration.minutes(20) } }))).toThrow('`answerOrderTask.timeout` must be between 1 second and 15 minutes, got 20 minutes');
});
