import { Duration, type Stack } from 'aws-cdk-lib';
import { Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { OrderPipeline, OrderSaga, OrderSagaStep, OrderWorkflowCommand, OrderWorkflowTrigger, type OrderPipelineProps } from '../../src';
import { HANDLER_ENV, OPTIONAL_ENV, TELEMETRY_ENV } from '../../src/private/contract';
import { WORKFLOW_HANDLERS } from '../support/pipeline-handlers';
import { step } from '../support/sample-workflow';
import { synth, synthPipeline, UNWATCHED } from '../support/synth';
import { actionsByResource, pascalCase, resourceOf, resourcesOf, roleStatements } from '../support/template';

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const CONSUME = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'];

const withWorkflow = (props: OrderPipelineProps = {}) => synth((stack) => {
  const orders = new OrderPipeline(stack, 'Orders', props);
  const workflow = orders.addWorkflow('Fulfill', {
    definition: new OrderSaga(stack, 'Saga', { steps: [step(stack, 'Pay'), OrderSagaStep.answer('Ship', { timeout: Duration.days(5), reminders: [Duration.days(3)] })] }),
    onSuccess: OrderWorkflowCommand.fulfill(),
    onFailure: OrderWorkflowCommand.cancel(),
  });
  return { orders, workflow };
});

describe('a pipeline with a workflow that waits for an answer', () => {
  const { template, created: { orders, workflow } } = withWorkflow();

  test('has the workflow and its tasks among its parts', () => {
    expect(orders.parts.slice(-2)).toEqual([orders.tasks, workflow]);
  });

  test.each(WORKFLOW_HANDLERS)('gives %s its environment variables and no others', (handler) => {
    const { Variables } = resourceOf(template, 'AWS::Lambda::Function', pascalCase(handler)).properties.Environment;
    expect(Object.keys(Variables).sort()).toEqual([...HANDLER_ENV[handler], ...TELEMETRY_ENV].sort());
  });

  test('gives its handlers these permissions and no others', () => {
    const mayOf = (handler: string) => actionsByResource(roleStatements(template, handler));
    expect(mayOf('StartOrderWorkflow')).toEqual({
      OrdersFulfillStartOrderWorkflowLogs: LOG,
      OrdersFulfillWorkflowQueue: CONSUME,
      OrdersFulfillWorkflowDeadLetterQueue: ['sqs:SendMessage'],
      OrdersFulfillStateMachine: ['states:StartExecution'],
    });
    expect(mayOf('OpenOrderTask')).toEqual({
      'OrdersTasksOpenOrderTaskLogs': LOG,
      'OrdersTasksTasksTable': ['dynamodb:PutItem'],
      'OrdersEventsBus': ['events:PutEvents'],
      'OrdersTasksReminderRole': ['iam:PassRole'],
      'arn:AWS::Partition:scheduler:AWS::Region:AWS::AccountId:schedule/OrdersTasksReminders/*': ['scheduler:CreateSchedule'],
    });
    expect(mayOf('AnswerOrderTask')).toEqual({
      OrdersTasksAnswerOrderTaskLogs: LOG,
      OrdersTasksTaskQueue: CONSUME,
      OrdersTasksTaskDeadLetterQueue: ['sqs:SendMessage'],
      OrdersTasksTasksTable: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      OrdersEventsBus: ['events:PutEvents'],
      OrdersFulfillStateMachine: ['states:SendTaskSuccess'],
    });
    expect(mayOf('ReceiveOrderTaskAnswer')).toEqual({
      OrdersTasksReceiveOrderTaskAnswerLogs: LOG, OrdersTasksTasksTable: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], OrdersFulfillStateMachine: ['states:SendTaskSuccess'],
    });
  });

  test('lets the role of reminders only send to the task queue and its dead-letter queue, for this account', () => {
    expect(actionsByResource(roleStatements(template, 'Reminder'))).toEqual({ OrdersTasksTaskQueue: ['sqs:SendMessage'], OrdersTasksTaskDeadLetterQueue: ['sqs:SendMessage'] });
    expect(resourceOf(template, 'AWS::IAM::Role', 'ReminderRole').properties.AssumeRolePolicyDocument.Statement).toMatchObject([
      { Principal: { Service: 'scheduler.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } },
    ]);
  });

  test('redrives the dead-letter queues of both to their queues', () => {
    const routes = JSON.stringify(resourceOf(template, 'AWS::Lambda::Function', 'RedriveDeadLetters').properties.Environment.Variables.REDRIVE_ROUTES);
    for (const name of ['workflow-fulfill', 'tasks']) expect(routes).toContain(`\\"name\\":\\"${name}\\"`);
    const may = actionsByResource(roleStatements(template, 'RedriveDeadLetters'));
    for (const queue of ['OrdersFulfillWorkflow', 'OrdersTasksTask']) {
      expect(may[`${queue}DeadLetterQueue`]).toContain('sqs:ReceiveMessage');
      expect(may[`${queue}Queue`]).toEqual(['sqs:SendMessage']);
    }
  });

  test('has alarms for their queues, functions, rules and failed executions, and sections on the dashboard', () => {
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(alarms).toEqual(expect.arrayContaining([
      'OrdersMonitoringFulfillFailedExecutions', 'OrdersMonitoringFulfillWorkflowWorkflowDeadLetterQueueNotEmpty', 'OrdersMonitoringFulfillWorkflowWorkflowQueueStalled',
      'OrdersMonitoringFulfillWorkflowStartOrderWorkflowErrors', 'OrdersMonitoringFulfillWorkflowEventsFailed',
      'OrdersMonitoringTasksTaskDeadLetterQueueNotEmpty', 'OrdersMonitoringTasksOpenOrderTaskErrors', 'OrdersMonitoringTasksReceiveOrderTaskAnswerErrors',
    ]));
    const dashboard = JSON.stringify(resourceOf(template, 'AWS::CloudWatch::Dashboard', 'MonitoringDashboard').properties.DashboardBody);
    for (const text of ['## FulfillWorkflow', '## Tasks', 'Executions of workflows', 'Tasks by outcome']) expect(dashboard).toContain(text);
  });

  test('answers tasks at a route of its API', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ properties }) => properties.PathPart)).toContain('{task}');
  });

  test('marks the events of its workflows with its ID, like all others', () => {
    const [{ properties }] = resourcesOf(template, 'AWS::StepFunctions::StateMachine');
    expect(JSON.stringify(properties.DefinitionString)).toContain('\\"pipeline\\":\\"Test/Orders\\"');
  });
});

test('a pipeline without workflows has none of it', () => {
  const { template, created } = synthPipeline(UNWATCHED);
  expect(created.tasks).toBeUndefined();
  expect(resourcesOf(template).filter(({ type }) => /StepFunctions|Scheduler/.test(type))).toEqual([]);
});

test('workflows share the tasks of the pipeline, and one that waits for nothing has none', () => {
  const { created: { orders } } = synth((stack) => {
    const pipeline = new OrderPipeline(stack, 'Orders', UNWATCHED);
    pipeline.addWorkflow('Simple', { definition: new Pass(stack, 'Pass'), trigger: OrderWorkflowTrigger.ORDER_CANCELLED });
    expect(pipeline.tasks).toBeUndefined();
    const waiting = (name: string) => new OrderSaga(stack, name, { steps: [OrderSagaStep.answer(name, { timeout: Duration.days(1) })] });
    pipeline.addWorkflow('First', { definition: waiting('Approve') });
    const { tasks } = pipeline;
    pipeline.addWorkflow('Second', { definition: waiting('Ship') });
    expect(pipeline.tasks).toBe(tasks);
    return { orders: pipeline };
  });
  expect(orders.parts.slice(-4).map(({ node }) => node.id)).toEqual(['Simple', 'Tasks', 'First', 'Second']);
});

test('an answer in the branch of a state of the app uses the tasks, too', () => {
  const { created } = synth((stack) => {
    const orders = new OrderPipeline(stack, 'Orders', UNWATCHED);
    const saga = new OrderSaga(stack, 'Saga', { steps: [OrderSagaStep.answer('Ship', { timeout: Duration.days(1) })] });
    orders.addWorkflow('Fulfill', { definition: new Pass(stack, 'Before').next(saga.toSingleState()) });
    return orders;
  });
  expect(created.tasks).toBeDefined();
});

test('a workflow without redrive and monitoring is possible, and one with tenants checks the tenant of answers', () => {
  const { template } = withWorkflow({ ...UNWATCHED, redrive: false });
  expect(resourcesOf(template, 'AWS::CloudWatch::Alarm')).toEqual([]);
});

test('an ID that the pipeline has already is refused by CDK, and a name that another workflow has by redrive', () => {
  const add = (...ids: string[]) => () => synth((stack: Stack) => {
    const orders = new OrderPipeline(stack, 'Orders', UNWATCHED);
    ids.forEach((id, index) => orders.addWorkflow(id, { definition: new Pass(stack, `Pass${index}`) }));
  });
  expect(add('Tasks', 'Tasks')).toThrow("There is already a Construct with name 'Tasks'");
  expect(add('Ship', 'SHIP')).toThrow('Test/Orders/Redrive: `name` must be unique, got workflow-ship again');
});

test('optional environment variables of the handlers of workflows are in the contract', () => {
  expect(Object.keys(OPTIONAL_ENV)).toEqual(expect.arrayContaining(['answer-order-task', 'receive-order-task-answer']));
});
