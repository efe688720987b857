import { everyOptionOfMainParts, EVERYTHING_ON_ENV } from '../../support/everything-on';
import { synthPipeline } from '../../support/synth';
import { idOf, queueStatements, resourceOf, resourcesOf } from '../../support/template';

const minimal = synthPipeline().template;
const everything = synthPipeline(everyOptionOfMainParts, EVERYTHING_ON_ENV).template;

/** The queues with a consumer, each with its dead-letter queue. */
const CONSUMED = ['Orders', 'FilesFiles', 'ValidFiles', 'Placement', 'Processing', 'Change', 'Cancellation', 'Fulfillment', 'History'];
/** The queues for what failed elsewhere: behind the two consumers of the stream, and behind the schedule. */
const OTHERS = ['ChangesDeadLetterQueue', 'ExpiryDeadLetterQueue', 'FileOutcomesDeadLetterQueue'];
const QUEUES = [...CONSUMED.flatMap((name) => [`${name}Queue`, `${name}DeadLetterQueue`]), ...OTHERS];

describe.each([['without props', minimal], ['with everything on', everything]])('the queues of a pipeline %s', (_, template) => {
  const queues = resourcesOf(template, 'AWS::SQS::Queue');
  const queueById = new Map(queues.map((queue) => [queue.id, queue]));
  const withDeadLetters = queues.filter(({ properties }) => properties.RedrivePolicy);
  const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
    .map(({ id, properties }) => ({ id, properties, queue: queueById.get(idOf(properties.EventSourceArn)!) }));

  test('are these and no others', () => {
    expect(queues).toHaveLength(QUEUES.length);
    for (const name of QUEUES) expect(resourceOf(template, 'AWS::SQS::Queue', name)).toBeDefined();
  });

  test.each(QUEUES)('take nothing that is not sent over TLS: %s', (name) => {
    expect(queueStatements(template, resourceOf(template, 'AWS::SQS::Queue', name).id)).toContainEqual(expect.objectContaining({
      effect: 'Deny', actions: ['sqs:*'], condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }));
  });

  test('have a dead-letter queue each, unless they are one', () => {
    const deadLetterQueues = withDeadLetters.map(({ properties }) => idOf(properties.RedrivePolicy.deadLetterTargetArn));
    const onFailure = [...mappings, ...resourcesOf(template, 'AWS::Lambda::EventInvokeConfig')]
      .map(({ properties }) => idOf(properties.DestinationConfig?.OnFailure.Destination ?? {}));
    for (const { id, properties } of queues) {
      expect(properties.RedrivePolicy !== undefined || deadLetterQueues.includes(id) || onFailure.includes(id)).toBe(true);
    }
    expect(withDeadLetters).toHaveLength(CONSUMED.length);
  });

  test('keep dead letters longer than messages, in a queue of the same type', () => {
    for (const { properties } of withDeadLetters) {
      const deadLetterQueue = queueById.get(idOf(properties.RedrivePolicy.deadLetterTargetArn)!)!.properties;
      expect(deadLetterQueue.FifoQueue).toBe(properties.FifoQueue);
      expect(deadLetterQueue.MessageRetentionPeriod).toBeGreaterThan(properties.MessageRetentionPeriod);
    }
  });

  test('hide a message for six times as long as the handler behind may take', () => {
    const behindQueues = mappings.filter(({ queue }) => queue);
    expect(behindQueues).toHaveLength(CONSUMED.length);
    for (const { queue, properties } of behindQueues) {
      const handler = resourcesOf(template, 'AWS::Lambda::Function').find(({ id }) => id === idOf(properties.FunctionName))!;
      expect(queue!.properties.VisibilityTimeout).toBe(6 * handler.properties.Timeout);
    }
  });

  test('are consumed with a limit to concurrency', () => {
    for (const { properties } of mappings.filter(({ queue }) => queue)) expect(properties.ScalingConfig.MaximumConcurrency).toBeGreaterThanOrEqual(2);
  });

  test('are consumed message by message: what failed comes back and nothing else', () => {
    // The stream has two.
    expect(mappings).toHaveLength(CONSUMED.length + 2);
    for (const { properties } of mappings) expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test.each(['OrdersQueue', 'OrdersDeadLetterQueue'])('are in high-throughput mode when they are FIFO, and leave deduplication to the sender: %s', (name) => {
    expect(resourceOf(template, 'AWS::SQS::Queue', name).properties).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: false,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
  });
});

test.each(QUEUES)('a queue is encrypted by SQS, at no cost: %s', (name) => {
  const { properties } = resourceOf(minimal, 'AWS::SQS::Queue', name);
  expect(properties.SqsManagedSseEnabled).toBe(true);
  expect(properties).not.toHaveProperty('KmsMasterKeyId');
});

test.each(QUEUES)('a queue is encrypted with the customer-managed key: %s', (name) => {
  const { properties } = resourceOf(everything, 'AWS::SQS::Queue', name);
  expect(idOf(properties.KmsMasterKeyId)).toBe(resourcesOf(everything, 'AWS::KMS::Key')[0].id);
  expect(properties).not.toHaveProperty('SqsManagedSseEnabled');
});
