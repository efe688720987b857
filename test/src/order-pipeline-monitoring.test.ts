import { CfnParameter, Duration, Stack, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import { PoisonMessage, RetriesExhausted } from '../../handlers/shared/messaging/errors';
import {
  OrderEventBus, OrderPipeline, OrderPipelineMonitoring, OrderProcessor, OrderQueries, RealtimeOrderIngest, type OrderAlarmOptions,
  type OrderPipelineMonitoringOptions, type OrderPipelineMonitoringProps,
} from '../../src';
import { DEAD_LETTERED_OUTCOMES } from '../../src/private/contract';
import { ALARM_DEFAULTS, ALARM_KINDS, RATIO_ALARM_KINDS, runbookUrl, type AlarmKind } from '../../src/private/monitoring/alarm-kinds';
import { allParts } from '../support/all-parts';
import { everythingOn, EVERYTHING_ON_ENV } from '../support/everything-on';
import { synth, synthPipeline, UNWATCHED, warningsOf } from '../support/synth';
import { idOf, readable, resourceOf, resourcesOf, statementsIn, type Resource } from '../support/template';
import { testApp } from '../support/test-app';

type Options = OrderPipelineMonitoringOptions & Pick<OrderPipelineMonitoringProps, 'serviceName'>;

const ENV: Environment = { account: '111111111111', region: 'eu-central-1' };

/** The constructs of a pipeline by their names. */
const partsOf = (
  { files, busIngest, ingest, events, processor, fileOutcomes, lifecycle, history, stream, queries, webhooks, redrive }: OrderPipeline,
) =>
  ({ files, busIngest, ingest, events, processor, fileOutcomes, lifecycle, history, stream, queries, webhooks, redrive });
type Parts = ReturnType<typeof partsOf>;

/** The constructs that exist, as a list. */
const listOf = (parts: Partial<Parts>) => Object.values(parts).filter((part) => part !== undefined);

/** The constructs in the pipeline that declare a kind of alarm. */
const PARTS_OF_KIND = {
  apiErrors: ['ingest'],
  apiLatency: ['ingest'],
  rejectedOrders: ['ingest'],
  delayedChanges: ['processor', 'fileOutcomes'],
  rejectedFiles: ['files'],
  delayedStreamDelivery: ['stream'],
  delayedStreamConsumers: ['stream'],
  disabledWebhooks: ['webhooks'],
} as const satisfies Partial<Record<AlarmKind, readonly (keyof Parts)[]>>;

const pipelineIn = (stack: Stack): OrderPipeline => new OrderPipeline(stack, 'Orders', UNWATCHED);

/** The same with the parts that are off by default, which have every kind of alarm. */
function fullPipelineIn(stack: Stack): OrderPipeline {
  const orders = new OrderPipeline(stack, 'Orders', { ...UNWATCHED, ...allParts(stack) });
  const consumerFunction = new Lambda(stack, 'Fraud', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('//') });
  orders.stream!.addConsumer('Fraud', { consumerFunction });
  return orders;
}

/** A stack with a pipeline, `Orders`, that `Monitoring` monitors. */
const monitor = (options: Options | ((stack: Stack) => Options) = {}, env?: Environment, create = pipelineIn) => synth((stack) => {
  const orders = create(stack);
  const given = typeof options === 'function' ? options(stack) : options;
  return { orders, monitoring: new OrderPipelineMonitoring(stack, 'Monitoring', { parts: orders.parts, ...given }) };
}, env);

/** Templates of stacks that monitor the same pipeline, each with its own props. The pipeline is synthesized once. */
function monitorApart(propsOf: Record<string, (parts: Parts) => OrderPipelineMonitoringProps>): Record<string, Template> {
  const app = testApp();
  const parts = partsOf(fullPipelineIn(new Stack(app, 'Test')));
  const stacks = Object.entries(propsOf).map(([name, props]) => {
    const apart = new Stack(app, name);
    new OrderPipelineMonitoring(apart, 'Monitoring', props(parts));
    return [name, apart] as const;
  });
  return Object.fromEntries(stacks.map(([name, apart]) => [name, Template.fromStack(apart)]));
}

/** The alarms of the tested monitoring. */
const alarmsIn = (template: Template): Resource[] =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').filter(({ id }) => id.startsWith('Monitoring'));

interface AlarmMetric {
  readonly id: string;
  readonly metric: string;
  readonly of: Record<string, unknown>;
}

/** The metrics of alarms by name and dimensions. */
const alarmMetricsIn = (template: Template): AlarmMetric[] => alarmsIn(template).flatMap(({ id, properties: { Metrics, ...single } }) => {
  const metrics: Resource['properties'][] = Metrics ? Metrics.filter((each: object) => 'MetricStat' in each)
    .map((each: Resource['properties']) => each.MetricStat.Metric) : [single];
  return metrics.map(({ Namespace, MetricName, Dimensions }) => ({
    id, metric: `${Namespace}/${MetricName}`, of: Object.fromEntries(Dimensions.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value])),
  }));
});

const nameOf = (queueId: string) => ({ 'Fn::GetAtt': [queueId, 'QueueName'] });
const { template, stack, created: { monitoring } } = monitor();
const alarmMetrics = alarmMetricsIn(template);

/** The alarms on a metric of something. */
const alarmsOn = (metric: string, of: Record<string, unknown>, among = alarmMetrics) =>
  among.filter((each) => each.metric === metric && JSON.stringify(each.of) === JSON.stringify(of)).map(({ id }) => id);

/** The dead-letter queues in a template: of queues, rules, event source mappings and asynchronous invocations. */
function deadLetterQueuesIn(of: Template): Set<string> {
  const arns = [
    ...resourcesOf(of, 'AWS::SQS::Queue').map(({ properties }) => properties.RedrivePolicy?.deadLetterTargetArn),
    ...resourcesOf(of, 'AWS::Events::Rule').flatMap(({ properties }) => properties.Targets.map((target: Resource['properties']) => target.DeadLetterConfig?.Arn)),
    ...resourcesOf(of, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => properties.DestinationConfig?.OnFailure.Destination),
    ...resourcesOf(of, 'AWS::Lambda::EventInvokeConfig').map(({ properties }) => properties.DestinationConfig?.OnFailure.Destination),
  ];
  return new Set(arns.filter((arn) => arn !== undefined).map((arn) => idOf(arn)!));
}

describe('without options', () => {
  const deadLetterQueues = deadLetterQueuesIn(template);

  test('every dead-letter queue has an alarm for its first message', () => {
    expect(deadLetterQueues.size).toBe(12);
    for (const id of deadLetterQueues) {
      const [alarm, ...more] = alarmsOn('AWS/SQS/ApproximateNumberOfMessagesVisible', { QueueName: nameOf(id) });
      expect([id, more]).toEqual([id, []]);
      expect(alarmsIn(template).find((each) => each.id === alarm)!.properties)
        .toMatchObject({ Statistic: 'Maximum', Period: 60, EvaluationPeriods: 1, Threshold: 1 });
    }
  });

  test('every other queue has an alarm for when it is stalled', () => {
    const queues = resourcesOf(template, 'AWS::SQS::Queue').filter(({ id }) => !deadLetterQueues.has(id));
    expect(queues).toHaveLength(9);
    for (const { id } of queues) {
      const age = alarmsOn('AWS/SQS/ApproximateAgeOfOldestMessage', { QueueName: nameOf(id) });
      expect([id, age.length]).toEqual([id, 1]);
      expect(alarmsOn('AWS/SQS/NumberOfMessagesDeleted', { QueueName: nameOf(id) })).toEqual(age);
    }
  });

  test('a queue is stalled when its oldest message is old while none is done', () => {
    const { properties } = resourceOf(template, 'AWS::CloudWatch::Alarm', 'ProcessingQueueStalled');
    expect(properties).toMatchObject({ Threshold: 900, EvaluationPeriods: 3 });
    expect(properties.Metrics[0]).toMatchObject({ Expression: 'IF(FILL(deleted, 0) < 1, age, 0)', ReturnData: true });
    expect(properties.Metrics.slice(1).map(({ Id, MetricStat: { Stat, Period } }: Resource['properties']) => [Id, Stat, Period]))
      .toEqual([['age', 'Maximum', 300], ['deleted', 'Sum', 300]]);
  });

  test('every function has an alarm for errors and one for throttles', () => {
    const functions = resourcesOf(template, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(19);
    for (const { id } of functions) {
      for (const metric of ['Errors', 'Throttles']) {
        expect([id, metric, alarmsOn(`AWS/Lambda/${metric}`, { FunctionName: { Ref: id } }).length]).toEqual([id, metric, 1]);
      }
    }
  });

  test('every rule has an alarm for undelivered events; its dead-letter queue has an alarm of its own', () => {
    const rules = resourcesOf(template, 'AWS::Events::Rule');
    expect(rules).toHaveLength(8);
    for (const { id, properties } of rules) {
      const of = properties.EventBusName
        // What `Ref` gives is `bus|rule` there.
        ? { EventBusName: properties.EventBusName, RuleName: { 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': [id, 'Arn'] }] }] } }
        : { RuleName: { Ref: id } };
      expect([id, alarmsOn('AWS/Events/FailedInvocations', of).length]).toEqual([id, 1]);
    }
  });

  test('the API has alarms for the ratio of 5xx responses and for the 99th percentile of latency', () => {
    expect(resourceOf(template, 'AWS::CloudWatch::Alarm', 'ApiErrors').properties).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: '5XXError',
      Statistic: 'Average',
      Threshold: 0.01,
      Dimensions: [{ Name: 'ApiName', Value: resourcesOf(template, 'AWS::ApiGateway::RestApi')[0].properties.Name }],
    });
    expect(resourceOf(template, 'AWS::CloudWatch::Alarm', 'ApiLatency').properties)
      .toMatchObject({ Namespace: 'AWS/ApiGateway', MetricName: 'Latency', ExtendedStatistic: 'p99', Threshold: 3000 });
  });

  test('the stream has an alarm for delayed changes', () => {
    const { id } = resourceOf(template, 'AWS::Lambda::Function', 'PublishOrderChanges');
    expect(resourceOf(template, 'AWS::CloudWatch::Alarm', 'PublishOrderChangesDelayed').properties).toMatchObject({
      Namespace: 'AWS/Lambda', MetricName: 'IteratorAge', Statistic: 'Maximum', Dimensions: [{ Name: 'FunctionName', Value: { Ref: id } }], Threshold: 300_000,
    });
  });

  test('there is an alarm for the ratio of rejected orders, above a minimum number of orders', () => {
    const { properties } = resourceOf(template, 'AWS::CloudWatch::Alarm', 'MonitoringRejectedOrders');
    expect(properties.Threshold).toBe(0.25);
    expect(properties.Metrics[0].Expression)
      .toBe('IF(FILL(validated, 0) + FILL(rejected0, 0) + FILL(rejected1, 0) >= 10, '
        + '(FILL(rejected0, 0) + FILL(rejected1, 0)) / (FILL(validated, 0) + FILL(rejected0, 0) + FILL(rejected1, 0)), 0)');
    const ofPipeline = { service: 'Test/Orders' };
    expect(alarmMetrics.filter(({ id }) => id.startsWith('MonitoringRejectedOrders')).map(({ metric, of }) => [metric, of]))
      .toEqual([
        ['OrderPipeline/OrderValidated', ofPipeline],
        ['OrderPipeline/OrderRejected', { ...ofPipeline, code: 'INVALID_ORDER' }], ['OrderPipeline/OrderRejected', { ...ofPipeline, code: 'REJECTED_BY_HOOK' }],
      ]);
  });

  test('there is an alarm for rejected files', () => {
    expect(resourceOf(template, 'AWS::CloudWatch::Alarm', 'MonitoringRejectedFiles').properties).toMatchObject({
      Namespace: 'OrderPipeline', MetricName: 'FileRejected', Statistic: 'Sum', Dimensions: [{ Name: 'service', Value: 'Test/Orders' }], Threshold: 1,
    });
  });

  test('no two alarms are the same', () => {
    const subjects = alarmsIn(template).map(({ properties: { AlarmDescription, ...rest } }) => JSON.stringify(rest));
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(subjects).toHaveLength(74);
  });

  test('every alarm goes off when its threshold is reached, and not without data', () => {
    for (const { properties } of alarmsIn(template)) {
      expect(properties).toMatchObject({ ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' });
    }
  });

  test('every description ends with the runbook link and fits into 1,024 characters, also with long names', () => {
    for (const { properties: { AlarmDescription } } of alarmsIn(template)) {
      const parts: unknown[] = AlarmDescription['Fn::Join']?.[1] ?? [AlarmDescription];
      const length = parts.map((part) => (typeof part === 'string' ? part.length : 100)).reduce((sum, each) => sum + each, 0);
      expect(length).toBeLessThan(1024);
      expect(readable(AlarmDescription)).toMatch(/^[A-Za-z].*[.?] Runbook: https:\/\/github\.com\/cdk-order-pipeline\/cdk-order-pipeline\/blob\/main\/docs\/runbook\.md#[a-z-]+$/);
    }
  });

  test('an alarm of a queue or function names the log group', () => {
    const withoutEvent = alarmsIn(template).filter(({ id }) => /NotEmpty|Stalled|Errors|Delayed/.test(id))
      .filter(({ properties }) => !/Logs\b/.test(readable(properties.AlarmDescription)));
    expect(withoutEvent).toEqual([]);
  });

  test('the alarm of redrive-dead-letters states that the caller received the error', () => {
    const description = readable(resourceOf(template, 'AWS::CloudWatch::Alarm', 'RedriveDeadLettersErrors').properties.AlarmDescription);
    expect(description).toMatch(/^redrive-dead-letters .* failed: .* The caller received the error, .* invoke it again\. Runbook: /);
    expect(description).not.toContain('messages of a queue or stream');
  });

  test.each([
    ['ReceiveOrderErrors', 'Callers received a 5xx response and can retry.'], ['QueryFilesErrors', 'Callers received a 5xx response and can retry.'],
    ['ExpirePendingCommandsErrors', 'The next invocation does the same work.'], ['ProcessOrderErrors', 'Lambda retries messages of a queue or stream.'],
  ])('the description of %s includes the consequence: %s', (id, sentence) => {
    expect(readable(resourceOf(template, 'AWS::CloudWatch::Alarm', id).properties.AlarmDescription)).toContain(sentence);
  });

  test('no alarm has actions, and alarms and dashboard have no physical names', () => {
    for (const { properties } of alarmsIn(template)) {
      for (const property of ['AlarmActions', 'OKActions', 'InsufficientDataActions', 'AlarmName']) expect(properties).not.toHaveProperty(property);
    }
    expect(resourceOf(template, 'AWS::CloudWatch::Dashboard', 'MonitoringDashboard').properties).not.toHaveProperty('DashboardName');
  });

  test('alarms holds every alarm', () => {
    expect(monitoring.alarms).toHaveLength(74);
  });

  test('it adds alarms and a dashboard and changes nothing else', () => {
    const alone = resourcesOf(synth((each) => new OrderPipeline(each, 'Orders', UNWATCHED)).template);
    const others = resourcesOf(template).filter(({ id }) => !id.startsWith('Monitoring'));
    expect(others).toEqual(alone);
    const added = new Set(resourcesOf(template).filter(({ id }) => id.startsWith('Monitoring')).map(({ type }) => type));
    expect(added).toEqual(new Set(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard']));
  });

  test('there are no warnings', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

/** Only workflows have the first of these, in `order-workflow.test.ts`, and only sources the others, in `order-source-ingest.test.ts`. */
const OPTIONAL_KINDS = ['failedWorkflows', 'delayedRecords', 'sourceBacklog'] as const;
type PipelineAlarmKind = Exclude<AlarmKind, (typeof OPTIONAL_KINDS)[number]>;
const PIPELINE_ALARM_KINDS = ALARM_KINDS.filter((kind): kind is PipelineAlarmKind => !(OPTIONAL_KINDS as readonly AlarmKind[]).includes(kind));

/** The alarms of each kind, by their ids. */
const ALARMS_OF: Record<PipelineAlarmKind, RegExp> = {
  deadLetters: /NotEmpty/,
  deadLetteredMessages: /DeadLetteredMessages/,
  stalledQueues: /Stalled/,
  functionErrors: /(?<!Api)Errors/,
  functionThrottles: /Throttles/,
  apiErrors: /ApiErrors/,
  apiLatency: /ApiLatency/,
  undeliveredEvents: /Failed|DeadLettered(?!Messages)/,
  delayedChanges: /(Changes|Outcomes)Delayed/,
  delayedStreamConsumers: /StreamConsumers.*Delayed/,
  delayedStreamDelivery: /StreamDeliveryDelayed/,
  rejectedOrders: /MonitoringRejectedOrders/,
  rejectedFiles: /MonitoringRejectedFiles/,
  disabledWebhooks: /DisabledWebhooks/,
};

describe('of one kind', () => {
  const tuningOf = (kind: AlarmKind) =>
    ({ threshold: RATIO_ALARM_KINDS.includes(kind) ? 0.5 : 7, evaluationPeriods: 4, period: Duration.minutes(2) });
  /** Without dashboards, which differ by their alarms. */
  const templates = monitorApart(Object.fromEntries([
    ['asTheyAre', (parts: Parts) => ({ parts: listOf(parts), dashboard: false })],
    ...PIPELINE_ALARM_KINDS.flatMap((kind) => [
      [`${kind}Off`, (parts: Parts) => ({ parts: listOf(parts), dashboard: false, [kind]: { enabled: false } })],
      [`${kind}Tuned`, (parts: Parts) => ({ parts: listOf(parts), dashboard: false, [kind]: tuningOf(kind) })],
    ]),
  ]));
  const all = alarmsIn(templates.asTheyAre);

  test('all alarms are compared', () => {
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(alarmsIn(template).map(({ id }) => id)));
  });

  describe.each(PIPELINE_ALARM_KINDS)('%s', (kind) => {
    const ofKind = ({ id }: Resource) => ALARMS_OF[kind].test(id);

    test('can be switched off without other alarms', () => {
      const left = alarmsIn(templates[`${kind}Off`]);
      expect(left).toEqual(all.filter((alarm) => !ofKind(alarm)));
      expect(left.length).toBeLessThan(all.length);
    });

    test('can be configured without other alarms', () => {
      const { threshold } = tuningOf(kind);
      const tuned = alarmsIn(templates[`${kind}Tuned`]);
      for (const { properties } of tuned.filter(ofKind)) {
        expect(properties).toMatchObject({ Threshold: threshold, EvaluationPeriods: 4 });
        const periods = properties.Metrics?.slice(1).map(({ MetricStat }: Resource['properties']) => MetricStat.Period) ?? [properties.Period];
        expect(new Set(periods)).toEqual(new Set([120]));
      }
      const others = (alarms: Resource[]) => alarms.filter((alarm) => !ofKind(alarm));
      expect(others(tuned)).toEqual(others(all));
      expect(tuned).toHaveLength(all.length);
    });
  });
});

test('thresholds can be tokens', () => {
  const { template: tuned } = monitor((each) => {
    const threshold = new CfnParameter(each, 'Threshold', { type: 'Number' }).valueAsNumber;
    return Object.fromEntries(PIPELINE_ALARM_KINDS.map((kind) => [kind, { threshold }]));
  }, undefined, fullPipelineIn);
  for (const { properties } of alarmsIn(tuned)) expect(properties.Threshold).toEqual({ Ref: 'Threshold' });
});

describe('other options', () => {
  test('alarms: false keeps the dashboard', () => {
    const { template: quiet, created } = monitor({ alarms: false });
    expect(alarmsIn(quiet)).toEqual([]);
    expect(created.monitoring.alarms).toEqual([]);
    expect(widgetsIn(quiet).map(({ type }) => type)).not.toContain('alarm');
    expect(widgetsIn(quiet).length).toBeGreaterThan(10);
  });

  test('dashboard: false keeps the alarms', () => {
    const { template: plain, created } = monitor({ dashboard: false });
    expect(resourcesOf(plain, 'AWS::CloudWatch::Dashboard').filter(({ id }) => id.startsWith('Monitoring'))).toEqual([]);
    expect(created.monitoring.dashboard).toBeUndefined();
    expect(alarmsIn(plain)).toEqual(alarmsIn(template));
  });

  test('with both false there are no resources', () => {
    const { template: off } = monitor({ alarms: false, dashboard: false });
    expect(resourcesOf(off).filter(({ id }) => id.startsWith('Monitoring'))).toEqual([]);
  });

  test('alarmTopic receives notifications of all alarms, for ALARM and OK', () => {
    const { template: loud } = monitor((each) => ({ alarmTopic: new Topic(each, 'Operators') }));
    const topic = { Ref: resourceOf(loud, 'AWS::SNS::Topic', 'Operators').id };
    expect(alarmsIn(loud)).toHaveLength(74);
    for (const { properties } of alarmsIn(loud)) expect(properties).toMatchObject({ AlarmActions: [topic], OKActions: [topic] });
  });

  test('serviceName overrides the service names of the parts', () => {
    const { template: named } = monitor({ serviceName: 'shop' });
    const services = alarmMetricsIn(named).filter(({ metric }) => metric.startsWith('OrderPipeline/')).map(({ of }) => of.service);
    expect(new Set(services)).toEqual(new Set(['shop']));
  });
});

describe('the topic', () => {
  /** A bus with one subscription, which has three alarms. */
  const monitorBus = (options: (stack: Stack) => Options) => synth((each) => {
    const events = new OrderEventBus(each, 'Events');
    events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(each, 'Queue')) });
    return new OrderPipelineMonitoring(each, 'Monitoring', { parts: [events], ...options(each) });
  });

  const statementsOn = (of: Template) => resourcesOf(of, 'AWS::SNS::TopicPolicy')
    .filter(({ properties }) => properties.Topics.some((topic: { Ref: string }) => topic.Ref.startsWith('Operators')))
    .flatMap(({ properties }) => statementsIn(properties.PolicyDocument)).filter(({ effect }) => effect === 'Allow');

  test('is unchanged when it has no policy', () => {
    const { template: plain } = monitorBus((each) => ({ alarmTopic: new Topic(each, 'Operators') }));
    expect(statementsOn(plain)).toEqual([]);
    expect(resourcesOf(plain, 'AWS::SNS::TopicPolicy').filter(({ id }) => id.startsWith('Operators'))).toEqual([]);
  });

  test('gets a statement for the alarms of this account when it has a policy', () => {
    const { template: strict } = monitorBus((each) => ({ alarmTopic: new Topic(each, 'Operators', { enforceSSL: true }) }));
    expect(statementsOn(strict)).toEqual([{
      effect: 'Allow',
      actions: ['sns:Publish'],
      resources: [{ Ref: resourceOf(strict, 'AWS::SNS::Topic', 'Operators').id }],
      service: 'cloudwatch.amazonaws.com',
      condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }]);
  });

  test('gets the statement once, when several pipelines use it', () => {
    const { template: shared } = synth((each) => {
      const alarmTopic = new Topic(each, 'Operators', { enforceSSL: true });
      for (const id of ['Orders', 'Returns']) {
        new OrderPipelineMonitoring(each, `Monitoring${id}`, { parts: [new OrderEventBus(each, id)], alarmTopic });
      }
    });
    expect(statementsOn(shared)).toHaveLength(1);
  });

  test('can be imported', () => {
    const topicArn = 'arn:aws:sns:eu-central-1:111111111111:operators';
    const { template: loud, stack: each } = monitorBus((at) => ({ alarmTopic: Topic.fromTopicArn(at, 'Operators', topicArn) }));
    expect(alarmsIn(loud)).toHaveLength(3);
    for (const { properties } of alarmsIn(loud)) expect(properties.AlarmActions).toEqual([topicArn]);
    expect(warningsOf(each)).toEqual([]);
  });

  test('with a customer-managed key adds a warning about the key policy', () => {
    const { stack: each } = monitorBus((at) => ({ alarmTopic: new Topic(at, 'Operators', { masterKey: new Key(at, 'Key') }) }));
    expect(warningsOf(each)).toEqual([{
      path: '/Test/Monitoring',
      text: expect.stringContaining('its key policy must allow cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey*, or CloudWatch cannot send notifications'),
    }]);
  });

  test.each<[string, (each: Stack) => ITopic]>([
    ['its own', (each) => new Topic(each, 'Operators', { masterKey: Alias.fromAliasName(each, 'SnsKey', 'alias/aws/sns') })],
    ['that of the files', (each) => new OrderPipeline(each, 'Other', UNWATCHED).files!.alertTopic],
  ])('fails when it is encrypted with the AWS managed key, which CloudWatch cannot use: %s', (_, topic) => {
    expect(() => monitorBus((each) => ({ alarmTopic: topic(each) }))).toThrow(new Error(
      'Test/Monitoring: `alarmTopic` must not be encrypted with alias/aws/sns, which CloudWatch cannot use; use a customer-managed key, or none',
    ));
  });
});

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a dashboard is JSON
  readonly properties: any;
}

/** The widgets of the dashboard, with what is known only at deployment as `{Id}`. */
function widgetsIn(of: Template): Widget[] {
  const body = resourceOf(of, 'AWS::CloudWatch::Dashboard', 'MonitoringDashboard').properties.DashboardBody;
  const text: string = body['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : `{${JSON.stringify(readable(part)).slice(1, -1)}}`)).join('');
  return JSON.parse(text).widgets;
}

const graphsIn = (of: Template) => widgetsIn(of).filter(({ type }) => type === 'metric');
const graph = (of: Template, title: string) => JSON.stringify(graphsIn(of).filter(({ properties }) => properties.title === title));
const logicalName = ({ id }: Resource) => `{${id.replace(/[0-9A-F]{8}$/, '')}}`;

describe('the dashboard', () => {
  const deadLetterQueues = deadLetterQueuesIn(template);
  const queues = resourcesOf(template, 'AWS::SQS::Queue');

  test('follows the stages of the pipeline', () => {
    const headings = widgetsIn(template).filter(({ type }) => type === 'text').map(({ properties }) => properties.markdown);
    expect(headings).toEqual([
      '# Test', '## API', '## Queues', '## Outcomes', '## Functions', '## Retries', '## Cost drivers',
    ]);
    const labels = graphsIn(template).find(({ properties }) => properties.title === 'Depth')!.properties.metrics.map((line: { label: string }[]) => line.at(-1)!.label);
    expect(labels).toEqual([
      'FilesQueue', 'ValidFilesQueue', 'PlacementQueue', 'OrdersQueue', 'ProcessingQueue', 'ChangeQueue', 'CancellationQueue', 'FulfillmentQueue', 'HistoryQueue',
    ]);
  });

  test.each(['Depth', 'Age of the oldest message (s)', 'Deleted messages', 'Messages and empty receives'])('shows every queue: %s', (title) => {
    for (const queue of queues.filter(({ id }) => !deadLetterQueues.has(id))) expect(graph(template, title)).toContain(logicalName(queue));
  });

  test('shows every dead-letter queue', () => {
    for (const queue of queues.filter(({ id }) => deadLetterQueues.has(id))) expect(graph(template, 'Messages in dead-letter queues')).toContain(logicalName(queue));
  });

  test.each(['Errors', 'Throttles', 'Duration p99 (ms)', 'Invocations'])('shows every function: %s', (title) => {
    for (const handler of resourcesOf(template, 'AWS::Lambda::Function')) expect(graph(template, title)).toContain(logicalName(handler));
  });

  test('has widgets of whole columns within the width of 24', () => {
    for (const { x, width } of widgetsIn(template)) {
      expect([x, width].every(Number.isInteger)).toBe(true);
      expect(x + width).toBeLessThanOrEqual(24);
    }
  });

  test('shows every rule', () => {
    for (const rule of resourcesOf(template, 'AWS::Events::Rule')) {
      expect(graph(template, 'Undelivered events')).toContain(logicalName(rule).slice(1, -1));
    }
  });

  test('shows every table', () => {
    for (const table of resourcesOf(template, 'AWS::DynamoDB::GlobalTable')) expect(graph(template, 'Write capacity of tables')).toContain(logicalName(table));
  });

  test.each([
    ['Orders by outcome', ['OrderReceived', 'OrderExtracted', 'OrderValidated', 'OrderRejected', 'OrderConfirmed']],
    ['Changes, cancellations and fulfillments by outcome', [
      'OrderChanged', 'OrderChangeRefused', 'OrderCancelled', 'OrderCancellationRefused', 'OrderFulfilled', 'OrderFulfillmentRefused',
    ]],
    ['Files', ['FileValidated', 'FileRejected', 'FileCompleted', 'FileContinued', 'FileProcessed']],
    ['Orders from files by outcome', ['FileOrderConfirmed', 'FileOrderChanged', 'FileOrderUnchanged', 'FileOrderRejected']],
    ['Retried messages', ['ConsumeFailed']],
    ['Messages sent to dead-letter queues', ['PoisonMessage', 'RetriesExhausted']],
    ['Published events', ['PutEventsEntriesCount']],
    ['Delay of the stream of orders (ms)', ['IteratorAge']],
    ['Latency (ms)', ['IntegrationLatency', 'p50', 'p99']],
  ])('shows outcomes: %s', (title, metrics) => {
    for (const metric of metrics) expect(graph(template, title)).toContain(`"${metric}"`);
  });

  const byCode = (of: Template) => graphsIn(of).find(({ properties }) => properties.title === 'Rejections and refusals by code')?.properties.metrics;

  test('shows rejections and refusals by code, also with future codes', () => {
    expect(byCode(template)).toEqual([[{
      expression: "SEARCH('{OrderPipeline,service,code} service=\"Test/Orders\"', 'Sum', 300)",
      label: "${PROP('MetricName')} ${PROP('Dim.code')}",
    }]]);
  });

  test('shows them for the service of every part that counts them', () => {
    const { template: apart } = synth((each) => {
      const eventBus = new EventBus(each, 'Bus');
      const ingest = new RealtimeOrderIngest(each, 'Ingest', { eventBus, serviceName: 'api' });
      const processor = new OrderProcessor(each, 'Processor', { eventBus });
      new OrderPipelineMonitoring(each, 'Monitoring', { parts: [ingest, processor] });
    });
    expect(byCode(apart).map(([{ expression }]: { expression: string }[]) => /service="(.*)"/.exec(expression)![1])).toEqual(['api', 'Test/Processor']);
    const { template: none } = synth((each) => new OrderPipelineMonitoring(each, 'Monitoring', { parts: [new OrderPipeline(each, 'Orders', UNWATCHED).files!] }));
    expect(byCode(none)).toBeUndefined();
  });

  test('shows every alarm', () => {
    expect(widgetsIn(template).find(({ type }) => type === 'alarm')!.properties.alarms).toHaveLength(74);
  });

  test('has graphs within the limits of CloudWatch', () => {
    for (const { properties } of graphsIn(template)) {
      expect(properties.metrics.length).toBeGreaterThan(0);
      expect(properties.metrics.length).toBeLessThanOrEqual(500);
    }
    const cells = widgetsIn(template).flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, cell) => `${x + cell % width},${y + Math.floor(cell / width)}`));
    expect(new Set(cells).size).toBe(cells.length);
    for (const { x, width } of widgetsIn(template)) expect(x + width).toBeLessThanOrEqual(24);
  });
});

describe('subscriptions', () => {
  const lambda = (each: Stack) =>
    new Lambda(each, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {}') });

  /** The alarms below `Events`, without the hash of their ids. */
  const ofSubscriptions = (of: Template) =>
    alarmsIn(of).filter(({ id }) => id.startsWith('MonitoringEvents')).map(({ id }) => id.slice('MonitoringEvents'.length, -8)).sort();

  type Subscribe = (events: OrderEventBus, each: Stack, monitorIt: () => OrderPipelineMonitoring) => void;
  const monitorSubscriptions = (subscribe: Subscribe, options: Options = {}) => synth((each) => {
    const events = new OrderEventBus(each, 'Events');
    let made: OrderPipelineMonitoring | undefined;
    const monitorIt = () => (made ??= new OrderPipelineMonitoring(each, 'Monitoring', { parts: [events], ...options }));
    subscribe(events, each, monitorIt);
    return monitorIt();
  });

  test.each([['before', false], ['after', true]])('are monitored when they are added %s', (_, late) => {
    const { template: subscribed, created } = monitorSubscriptions((events, each, monitorIt) => {
      if (late) monitorIt();
      events.onOrderConfirmed('Shipping', { target: new LambdaFunction(lambda(each)) });
      if (!late) monitorIt();
    });
    expect(ofSubscriptions(subscribed)).toEqual(['ShippingDeadLetterQueueNotEmpty', 'ShippingDeadLettered', 'ShippingFailed']);
    expect(created.alarms).toHaveLength(3);
    const { id } = resourceOf(subscribed, 'AWS::SQS::Queue', 'ShippingDeadLetterQueue');
    expect(alarmsOn('AWS/SQS/ApproximateNumberOfMessagesVisible', { QueueName: nameOf(id) }, alarmMetricsIn(subscribed))).toHaveLength(1);
    expect(graph(subscribed, 'Messages in dead-letter queues')).toContain('ShippingDeadLetterQueue');
    expect(graph(subscribed, 'Undelivered events')).toContain('EventsShipping');
    expect(widgetsIn(subscribed).length).toBeGreaterThan(2);
  });

  test('are monitored once, when one is added before and one after', () => {
    const { template: subscribed } = monitorSubscriptions((events, each, monitorIt) => {
      const target = new LambdaFunction(lambda(each));
      events.onOrderConfirmed('Shipping', { target });
      monitorIt();
      events.onOrderCancelled('Refunds', { target });
    });
    expect(ofSubscriptions(subscribed)).toHaveLength(6);
  });

  test('whose target has a dead-letter queue have no other', () => {
    const { template: subscribed } = monitorSubscriptions((events, each) => {
      events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(each, 'Queue'), { deadLetterQueue: new Queue(each, 'Own') }) });
    });
    expect(ofSubscriptions(subscribed)).toEqual(['ShippingDeadLettered', 'ShippingFailed']);
  });

  test('are monitored with the dead-letter queue of a target that is added later', () => {
    const { template: subscribed } = monitorSubscriptions((events, each, monitorIt) => {
      const rule = events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(each, 'Queue'), { deadLetterQueue: new Queue(each, 'Own') }) });
      monitorIt();
      rule.addTarget(new LambdaFunction(lambda(each)));
    });
    expect(ofSubscriptions(subscribed)).toContain('ShippingDeadLetterQueueNotEmpty');
  });

  test('that are added later have the same options', () => {
    const { template: quiet } = monitorSubscriptions((events, each, monitorIt) => {
      monitorIt();
      events.onOrderConfirmed('Shipping', { target: new LambdaFunction(lambda(each)) });
    }, { deadLetters: { enabled: false } });
    expect(ofSubscriptions(quiet)).toEqual(['ShippingDeadLettered', 'ShippingFailed']);
  });

  test('on the default bus have the dimensions of that bus', () => {
    const { template: subscribed } = synth((each) => {
      const events = new OrderEventBus(each, 'Events', { eventBus: EventBus.fromEventBusName(each, 'Default', 'default') });
      events.onOrderConfirmed('Shipping', { target: new LambdaFunction(lambda(each)) });
      return new OrderPipelineMonitoring(each, 'Monitoring', { parts: [events] });
    });
    const { id } = resourceOf(subscribed, 'AWS::Events::Rule', 'EventsShipping');
    expect(alarmsOn('AWS/Events/FailedInvocations', { RuleName: { Ref: id } }, alarmMetricsIn(subscribed))).toHaveLength(1);
  });

  test('can exceed the maximum of the alarm widget', () => {
    const { template: many, created } = monitorSubscriptions((events, each, monitorIt) => {
      const target = new LambdaFunction(lambda(each));
      events.onOrderConfirmed('First', { target });
      monitorIt();
      for (let index = 0; index < 40; index++) events.onOrderConfirmed(`Subscription${index}`, { target });
    });
    expect(created.alarms).toHaveLength(123);
    expect(alarmsIn(many)).toHaveLength(123);
    expect(widgetsIn(many).find(({ type }) => type === 'alarm')!.properties.alarms).toHaveLength(100);
  });
});

describe('dead-letter queues of the app', () => {
  const NOT_EMPTY = 'MonitoringDeadLetterQueuesAlertsNotEmpty';
  const monitorOwn = (options: Options = {}, queueOf = (each: Stack): IQueue => new Queue(each, 'Lost')) => synth((each) => {
    const made = new OrderPipelineMonitoring(each, 'Monitoring', { parts: [new OrderEventBus(each, 'Events')], ...options });
    made.addDeadLetterQueue({ name: 'alerts', deadLetterQueue: queueOf(each) });
    return made;
  });

  test('have an alarm for the first message, and a line on the dashboard', () => {
    const { template: own, created } = monitorOwn();
    const { id } = resourceOf(own, 'AWS::SQS::Queue', 'Lost');
    expect(alarmsOn('AWS/SQS/ApproximateNumberOfMessagesVisible', { QueueName: nameOf(id) }, alarmMetricsIn(own))).toHaveLength(1);
    expect(created.alarms).toHaveLength(1);
    const { properties } = resourceOf(own, 'AWS::CloudWatch::Alarm', NOT_EMPTY);
    expect(properties).toMatchObject({ Statistic: 'Maximum', Period: 60, EvaluationPeriods: 1, Threshold: 1 });
    expect(readable(properties.AlarmDescription)).toBe('Messages could not be delivered or processed and are in Lost (Test/Lost). Their message attributes can have the error. '
      + `Fix the destination or consumer, then send the messages to it from the queue. Runbook: ${runbookUrl('deadLetters')}`);
    expect(graph(own, 'Messages in dead-letter queues')).toContain('"Alerts"');
    expect(widgetsIn(own).find(({ type }) => type === 'alarm')!.properties.alarms).toHaveLength(1);
  });

  test('have the options of the kind', () => {
    const { template: own } = synth((each) => {
      const monitorIt = (id: string, options: Options) =>
        new OrderPipelineMonitoring(each, id, { parts: [new OrderEventBus(each, `Events${id}`)], ...options }).addDeadLetterQueue({ name: 'alerts', deadLetterQueue: new Queue(each, `Lost${id}`) });
      monitorIt('MonitoringLoud', { deadLetters: { threshold: 5 }, alarmTopic: new Topic(each, 'Operators'), dashboard: false });
      monitorIt('MonitoringQuiet', { deadLetters: { enabled: false } });
      monitorIt('MonitoringSilent', { alarms: false });
    });
    const [alarm, ...more] = alarmsIn(own);
    expect(more).toEqual([]);
    expect(alarm.properties).toMatchObject({ Threshold: 5, AlarmActions: [{ Ref: resourceOf(own, 'AWS::SNS::Topic', 'Operators').id }] });
  });

  test('can be imported', () => {
    const { template: own } = monitorOwn({}, (each) => Queue.fromQueueArn(each, 'Lost', 'arn:aws:sqs:eu-central-1:111111111111:lost'));
    expect(resourceOf(own, 'AWS::CloudWatch::Alarm', NOT_EMPTY).properties.Dimensions).toEqual([{ Name: 'QueueName', Value: 'lost' }]);
  });

  test('fails when it is added twice', () => {
    expect(() => synth((each) => {
      const orders = new OrderPipeline(each, 'Orders');
      const queue = new Queue(each, 'Queue');
      for (const name of ['mine', 'yours']) orders.monitoring.addDeadLetterQueue({ name, deadLetterQueue: queue });
    })).toThrow('Test/Orders/Monitoring: `deadLetterQueue` must be added once, got Test/Queue, which is already added as mine');
  });

  test.each<[string, (orders: OrderPipeline, each: Stack) => IQueue, string]>([
    ['a part', (orders) => orders.ingest.ordersDeadLetterQueue, 'Orders/Ingest/OrdersDeadLetterQueue, which is already monitored with Test/Orders/Ingest'],
    ['a subscription', ({ events }, each) => events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(each, 'Queue')) }).deadLetterQueue!,
      'Orders/Events/Shipping/DeadLetterQueue, which is already monitored with Test/Orders/Events'],
  ])('fails when it is the dead-letter queue of %s, which has an alarm', (_, queueOf, sentence) => {
    expect(() => synth((each) => {
      const orders = new OrderPipeline(each, 'Orders');
      orders.monitoring.addDeadLetterQueue({ name: 'mine', deadLetterQueue: queueOf(orders, each) });
    })).toThrow(new Error(`Test/Orders/Monitoring: \`deadLetterQueue\` must be a queue of the app, got Test/${sentence}`));
  });
});

describe('parts', () => {
  const orders = (each: Stack) => partsOf(new OrderPipeline(each, 'Orders', UNWATCHED));
  const parts = ['ingest', 'files', 'processor', 'lifecycle', 'history', 'queries', 'redrive'] as const;

  const alone = monitorApart(Object.fromEntries(parts.map((part) => [part, (all: Parts) => ({ parts: [all[part]!] })])));

  test.each(parts)('can be monitored alone: %s', (part) => {
    const one = alone[part];
    const alarms = (of: Template) => alarmsIn(of).map(({ id }) => id);
    expect(alarms(one).length).toBeGreaterThan(0);
    expect(alarms(template)).toEqual(expect.arrayContaining(alarms(one)));
    for (const { properties } of graphsIn(one)) expect(properties.metrics.length).toBeGreaterThan(0);
  });

  test('that are monitored separately have every alarm once, except for that of their common service name', () => {
    const { template: apart } = synth((each) => {
      const all = orders(each);
      for (const part of parts) new OrderPipelineMonitoring(each, `Monitoring${part}`, { parts: [all[part]!] });
    });
    const isOfService = ({ id }: Resource) => id.includes('DeadLetteredMessages');
    expect(alarmsIn(apart).filter((alarm) => !isOfService(alarm))).toHaveLength(64);
    expect(alarmsIn(apart).filter(isOfService).length).toBeGreaterThan(1);
  });

  test('can be of a pipeline without some of them', () => {
    const { template: few } = synth((each) => {
      const pipeline = new OrderPipeline(each, 'Orders', { ...UNWATCHED, fileIngest: false, history: false, orderChanges: false, orderFulfillments: false });
      return new OrderPipelineMonitoring(each, 'Monitoring', { parts: pipeline.parts });
    });
    expect(alarmsIn(few).map(({ id }) => id).filter((id) => /File|History|Change(?!s)|Fulfill/.test(id))).toEqual([]);
    expect(graph(few, 'Changes, cancellations and fulfillments by outcome')).toContain('OrderCancelled');
  });

  test('have their own service names', () => {
    const { template: apart } = synth((each) => {
      const eventBus = new EventBus(each, 'Bus');
      const ingest = new RealtimeOrderIngest(each, 'Ingest', { eventBus, serviceName: 'api' });
      const processor = new OrderProcessor(each, 'Processor', { eventBus });
      const monitoredParts = new OrderPipelineMonitoring(each, 'Monitoring', { parts: [ingest, processor] });
      expect(monitoredParts.metricOrdersReceived().dimensions).toEqual({ service: 'api' });
      expect(monitoredParts.metricOrdersConfirmed().dimensions).toEqual({ service: 'Test/Processor' });
    });
    const rejected = alarmMetricsIn(apart).filter(({ metric }) => metric === 'OrderPipeline/OrderRejected').map(({ of }) => of);
    expect(rejected).toMatchObject([{ service: 'api' }, { service: 'api' }]);
    expect(graph(apart, 'Retried messages')).toContain('Test/Processor');
  });

  test('can have all options set', () => {
    const { template: everything } = synth((each) =>
      new OrderPipelineMonitoring(each, 'Monitoring', { parts: new OrderPipeline(each, 'Orders', { ...everythingOn(each), ...UNWATCHED }).parts }), EVERYTHING_ON_ENV);
    expect(alarmsIn(everything)).toHaveLength(132);
  });
});

describe.each([['without account and region', undefined], ['with account and region', ENV]])('in a stack of its own, %s', (_, env) => {
  const app = testApp();
  const [ordersStack, topicStack, monitoringStack] = ['Orders', 'Topic', 'Monitoring'].map((id) => new Stack(app, id, { env }));
  const pipeline = new OrderPipeline(ordersStack, 'Orders', UNWATCHED);
  const alarmTopic = new Topic(topicStack, 'Topic', { enforceSSL: true });
  new OrderPipelineMonitoring(monitoringStack, 'Monitoring', { parts: pipeline.parts, alarmTopic });
  pipeline.events.onOrderConfirmed('Shipping', { target: new SqsQueue(new Queue(ordersStack, 'Shipping')) });
  const apart = Template.fromStack(monitoringStack);

  test('it depends on the stacks of the parts and of the topic, and they have no dependencies', () => {
    expect([ordersStack, topicStack, monitoringStack].map((each) => each.dependencies.map(({ node }) => node.id).sort()))
      .toEqual([[], [], ['Orders', 'Topic']]);
  });

  test('it has every alarm, also of subscriptions that are added later', () => {
    expect(alarmsIn(apart)).toHaveLength(77);
    for (const { of } of alarmMetricsIn(apart)) expect(Object.keys(of).length).toBeGreaterThan(0);
    const rule = alarmMetricsIn(apart).find(({ id }) => id.startsWith('MonitoringEventsShippingFailed'))!.of;
    expect(rule.RuleName).toMatchObject({ 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::ImportValue': expect.stringContaining('Orders:') }] }] });
  });

  test('names no AWS partition', () => {
    expect(JSON.stringify(apart.toJSON())).not.toMatch(/arn:aws/);
  });
});

describe('metrics', () => {
  test.each([
    ['OrderReceived', monitoring.metricOrdersReceived()],
    ['OrderValidated', monitoring.metricOrdersValidated()],
    ['OrderRejected', monitoring.metricOrdersRejected()],
    ['OrderConfirmed', monitoring.metricOrdersConfirmed()],
    ['OrderChanged', monitoring.metricOrdersChanged()],
    ['OrderCancelled', monitoring.metricOrdersCancelled()],
    ['OrderExtracted', monitoring.metricOrdersFromFiles()],
    ['FileValidated', monitoring.metricFilesAccepted()],
    ['FileRejected', monitoring.metricFilesRejected()],
  ])('count %s in the service of the pipeline', (metricName, metric) => {
    expect(metric).toMatchObject({ namespace: 'OrderPipeline', metricName, dimensions: { service: 'Test/Orders' }, statistic: 'Sum' });
    expect(metric.period.toMinutes()).toBe(5);
  });

  test('take options', () => {
    const metric = monitoring.metricOrdersReceived({ period: Duration.minutes(1), label: 'in' });
    expect(metric).toMatchObject({ label: 'in' });
    expect(metric.period.toMinutes()).toBe(1);
  });

  test('fail when the part that counts them is not monitored', () => {
    const { created } = synth((each) => new OrderPipelineMonitoring(each, 'Monitoring', { parts: [new OrderEventBus(each, 'Events')] }));
    expect(() => created.metricOrdersReceived()).toThrow(new Error('Test/Monitoring: `parts` must contain the construct that counts OrderReceived'));
    expect(() => created.metricOrdersConfirmed()).toThrow(new Error('Test/Monitoring: `parts` must contain the construct that counts OrderConfirmed'));
    expect(() => created.metricFilesRejected()).toThrow(new Error('Test/Monitoring: `parts` must contain the construct that counts FileRejected'));
    expect(() => created.metricOrdersFromFiles()).toThrow(new Error('Test/Monitoring: `parts` must contain the construct that counts OrderExtracted'));
  });
});

/** All parts without those that declare a kind of alarm, and options of the kind. */
const without = (parts: Parts, kind: string, declaring: readonly string[], options: OrderAlarmOptions): OrderPipelineMonitoringProps =>
  ({ parts: listOf({ ...parts, ...Object.fromEntries(declaring.map((part) => [part, undefined])) }), [kind]: options });

test('a kind of alarm can be switched off without the parts that declare it', () => {
  const switchedOff = Object.entries(PARTS_OF_KIND)
    .map(([kind, declaring]) => [kind, (parts: Parts) => without(parts, kind, declaring, { enabled: false })] as const);
  expect(() => monitorApart(Object.fromEntries(switchedOff))).not.toThrow();
});

describe('fails when', () => {
  test('a topic is set without alarms', () => {
    expect(() => monitor((each) => ({ alarms: false, alarmTopic: new Topic(each, 'Operators') })))
      .toThrow(new Error('Test/Monitoring: `alarmTopic` cannot be set when `alarms` is false'));
  });

  test.each(Object.entries(PARTS_OF_KIND))('%s is configured without the parts that declare it: %j', (kind, declaring) => {
    expect(() => synth((each) =>
      new OrderPipelineMonitoring(each, 'Monitoring', without(partsOf(fullPipelineIn(each)), kind, declaring, { threshold: 1 }))))
      .toThrow(new Error(`Test/Monitoring: \`${kind}\` cannot be set when no construct in \`parts\` has such an alarm`));
  });

  test('there are no parts', () => {
    expect(() => synth((each) => new OrderPipelineMonitoring(each, 'Monitoring', { parts: [] }))).toThrow(new Error(
      'Test/Monitoring: `parts` must contain at least one construct, got none',
    ));
  });

  test('two constructs have the same type', () => {
    expect(() => synth((each) => new OrderPipelineMonitoring(each, 'Monitoring', {
      parts: ['One', 'Two'].map((id) => new OrderEventBus(each, id)),
    }))).toThrow(new Error(
      'Test/Monitoring: `parts` must contain one construct of each type, got Test/One and Test/Two; create an OrderPipelineMonitoring for each',
    ));
  });

  test('several options are invalid, with all errors', () => {
    expect(() => monitor({ deadLetters: { threshold: 0 }, apiErrors: { threshold: 2 } })).toThrow(new Error(
      'Test/Monitoring: `deadLetters.threshold` must be an integer between 1 and 1000000000, got 0; `apiErrors.threshold` must be a ratio above 0 and up to 1, got 2',
    ));
  });
});

test('the defaults of every kind can be set explicitly', () => {
  const defaults = Object.fromEntries(PIPELINE_ALARM_KINDS.map((kind) => [kind, ALARM_DEFAULTS[kind]]));
  const [tuned, plain] = [defaults, {}].map((options) => monitor(options, undefined, fullPipelineIn).template);
  expect(alarmsIn(tuned)).toEqual(alarmsIn(plain));
});

describe('messages that handlers send to dead-letter queues', () => {
  const alarmsOf = (of: Template) => resourcesOf(of, 'AWS::CloudWatch::Alarm').filter(({ id }) => id.includes('DeadLetteredMessages'));

  test('have one alarm for all handlers of a pipeline, on every outcome that is such a message', () => {
    const [{ properties }, ...others] = alarmsOf(synthPipeline().template);
    expect(others).toEqual([]);
    const [sum, ...metrics] = properties.Metrics;
    expect(sum.Expression).toBe('FILL(m0, 0) + FILL(m1, 0)');
    expect(metrics.map(({ MetricStat }: Resource['properties']) => [MetricStat.Metric.MetricName, MetricStat.Metric.Dimensions, MetricStat.Period])).toEqual(
      DEAD_LETTERED_OUTCOMES.map((outcome) => [outcome, [{ Name: 'service', Value: 'Test/Orders' }], 60]),
    );
  });

  test('have an alarm for each service name, and none for constructs without a consumer', () => {
    const { template: apart } = synth((each) => {
      const eventBus = new EventBus(each, 'Bus');
      const ingest = new RealtimeOrderIngest(each, 'Ingest', { eventBus, serviceName: 'api' });
      const processor = new OrderProcessor(each, 'Processor', { eventBus });
      const queries = new OrderQueries(each, 'Queries', { ingest, ordersTable: processor.ordersTable });
      return new OrderPipelineMonitoring(each, 'Monitoring', { parts: [ingest, processor, queries] });
    });
    expect(alarmsOf(apart).map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['MonitoringIngestDeadLetteredMessages', 'MonitoringProcessorDeadLetteredMessages']);
  });

  test('are counted by the handlers under these names', () => {
    expect(DEAD_LETTERED_OUTCOMES).toEqual([new PoisonMessage('').name, new RetriesExhausted('').name]);
  });
});
