import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { connect } from '../../cli/aws';

const cloudFormation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);
beforeEach(() => {
  [cloudFormation, lambda].forEach((client) => client.reset());
});

const aws = connect({ region: 'eu-central-1' });
const answers = (text: string, FunctionError?: string) =>
  lambda.on(InvokeCommand).resolves({ FunctionError, Payload: { transformToString: () => text } as never });

test('all pages of a stack\'s resources are read', async () => {
  const summary = (id: string) => ({
    ResourceType: 'AWS::SQS::Queue',
    LogicalResourceId: id,
    PhysicalResourceId: `${id}-url`,
    LastUpdatedTimestamp: new Date(),
    ResourceStatus: 'CREATE_COMPLETE' as const,
  });
  cloudFormation.on(ListStackResourcesCommand, { NextToken: undefined }).resolves({ StackResourceSummaries: [summary('A')], NextToken: 'more' });
  cloudFormation.on(ListStackResourcesCommand, { NextToken: 'more' }).resolves({ StackResourceSummaries: [summary('B')] });

  expect((await aws.listResources('Shop')).map(({ logicalId, physicalId }) => [logicalId, physicalId])).toEqual([['A', 'A-url'], ['B', 'B-url']]);
});

test('a function is called with the request, and its answer read', async () => {
  answers('{"queues":[]}');

  expect(await aws.invoke('the-function', { action: 'list' })).toEqual({ queues: [] });
  expect(lambda.commandCalls(InvokeCommand)[0].args[0].input).toEqual({ FunctionName: 'the-function', Payload: '{"action":"list"}' });
});

test.each([
  ['{"errorMessage":"Task timed out after 300.00 seconds"}', 'Task timed out after 300.00 seconds'],
  ['', 'the-function failed'],
])('fails when the function does, with its words: %s', async (text, message) => {
  answers(text, 'Unhandled');
  await expect(aws.invoke('the-function', {})).rejects.toThrow(message);
});
