import { Duration } from 'aws-cdk-lib';
import { defaultOptions } from './pipeline-options';
import { readTemplate } from './read-template';
import { deploymentOf, synthesize } from './synthesize';
import type { PipelineTemplate } from './template-resources';

const OPTIONS = defaultOptions();

const changed = (template: PipelineTemplate, constructId: string, properties: object): PipelineTemplate => {
  const [id, resource] = Object.entries(template.Resources).find(([each]) => each.replace(/[0-9A-F]{8}$/, '').endsWith(constructId))!;
  return { Resources: { ...template.Resources, [id]: { ...resource, Properties: { ...resource.Properties, ...properties } } } };
};

describe('the deployment of a template', () => {
  test('has the settings of the props', () => {
    const { queues, functions, mappings } = readTemplate(synthesize(OPTIONS, () => ({
      validateOrder: {
        timeout: Duration.seconds(20), batchSize: 5, maxConcurrency: 10, retryDuration: Duration.hours(3), retentionPeriod: Duration.days(2),
      },
    })));
    expect(functions['validate-order'].timeout).toBe(20_000);
    expect(queues.OrdersQueue).toEqual({
      isFifo: true,
      deduplicatesByGroup: true,
      visibilityTimeout: 120_000,
      retention: 172_800_000,
      delay: 0,
      redrivePolicy: { deadLetterQueue: 'OrdersDeadLetterQueue', maxReceiveCount: 1000 },
    });
    expect(functions['validate-order'].environment).toMatchObject({ RETRY_DURATION: '10800', MAX_MESSAGE_AGE: '171000' });
    expect(Object.values(mappings)).toContainEqual(expect.objectContaining({
      functionName: 'validate-order', queue: 'OrdersQueue', batchSize: 5, maxConcurrency: 10, reportsBatchItemFailures: true,
    }));
  });

  test('has environments with names and URLs of the simulated resources', () => {
    const { environment } = deploymentOf(OPTIONS).functions['change-order'];
    expect(environment).toMatchObject({
      ORDERS_TABLE_NAME: 'OrdersTable',
      EVENT_BUS_NAME: 'Bus',
      DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111122223333/ChangeDeadLetterQueue',
      PENDING_COMMAND_RETENTION: '604800',
    });
    expect(environment).not.toHaveProperty('ORDERS_QUEUE_URL');
  });

  test('has the default of a service where the template has no value', () => {
    expect(deploymentOf(OPTIONS).queues.OrdersDeadLetterQueue.visibilityTimeout).toBe(30_000);
  });

  test('has the interval of a schedule', () => {
    expect(deploymentOf(OPTIONS).rules.ExpirySchedule).toMatchObject({ interval: 900_000, targets: [{ functionName: 'expire-pending-commands' }] });
  });

  test('fails when a queue, a mapping or a rule has a property that is not simulated', () => {
    const template = synthesize(OPTIONS);
    expect(() => readTemplate(changed(template, 'OrdersQueue', { ReceiveMessageWaitTimeSeconds: 20 })))
      .toThrow('ReceiveMessageWaitTimeSeconds of OrdersQueue is not simulated.');
    expect(() => readTemplate(changed(template, 'ChangesMapping', { TumblingWindowInSeconds: 1 })))
      .toThrow('TumblingWindowInSeconds of ChangesMapping is not simulated.');
    expect(() => readTemplate(changed(template, 'ExpirySchedule', { ScheduleExpression: 'cron(0 12 * * ? *)' })))
      .toThrow('The schedule cron(0 12 * * ? *) is not simulated.');
  });
});
