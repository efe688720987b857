import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { acknowledge } from '../../../src/private/acknowledge';

const WHOLE = { id: 'AwsSolutions-SQS3', reason: 'It is a dead-letter queue.' };
const PARTLY = { id: 'AwsSolutions-IAM5', reason: 'It is of one table.', appliesTo: ['Action::kms:ReEncrypt*', { regex: '/stream/' }] };

const metadataOf = (stack: Stack) => Object.values<{ Metadata?: object }>(Template.fromStack(stack).toJSON().Resources)[0].Metadata;
const keptWith = (resource: CfnQueue) => resource.node.metadata
  .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).reduce((all, { data }) => ({ ...all, ...data }), {});

describe.each<[string, (stack: Stack) => Queue | CfnQueue]>([
  ['a construct', (stack) => new Queue(stack, 'Queue')],
  ['a resource', (stack) => new CfnQueue(stack, 'Queue')],
])('what is acknowledged of %s', (_, create) => {
  const stack = new Stack(new App(), 'Test');
  const queue = create(stack);
  acknowledge(queue, [WHOLE]);
  acknowledge(queue, [PARTLY]);

  test('is in the template, as version 2 of cdk-nag reads it', () => {
    const { appliesTo, ...rest } = PARTLY;
    expect(metadataOf(stack)).toEqual({ cdk_nag: { rules_to_suppress: [WHOLE, { ...rest, applies_to: appliesTo }] } });
  });

  test('is with the resource, as version 3 reads it, but for patterns', () => {
    const resource = (queue.node.defaultChild ?? queue) as CfnQueue;
    expect(keptWith(resource)).toEqual({ [WHOLE.id]: WHOLE.reason, 'AwsSolutions-IAM5[Action::kms:ReEncrypt*]': PARTLY.reason });
  });
});
