import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { connect } from '../../cli/aws';
import { FunctionFailed } from '../../cli/function-failed';

const cloudFormation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);
beforeEach(() => {
  [cloudFormation, lambda].forEach((client) => client.reset());
});

const aws = connect({ region: 'eu-central-1' });
const respond = (text: string, FunctionError?: string) =>
  lambda.on(InvokeCommand).resolves({ FunctionError, Payload: { transformToString: () => text } as never });

test('reads all pages of the resources of a stack', async () => {
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

test('invokes a function with the request and parses its response', async () => {
  respond('{"queues":[]}');

  expect(await aws.invoke('the-function', { action: 'list' }, 60)).toEqual({ queues: [] });
  expect(lambda.commandCalls(InvokeCommand)[0].args[0].input).toEqual({ FunctionName: 'the-function', Payload: '{"action":"list"}' });
});

test.each([
  ['{"errorMessage":"Task timed out after 300.00 seconds"}', 'Task timed out after 300.00 seconds'],
  ['', 'the-function failed'],
])('fails when the function fails, with its error message: %s', async (text, message) => {
  respond(text, 'Unhandled');
  await expect(aws.invoke('the-function', {}, 60)).rejects.toThrow(new FunctionFailed(message));
});

test('ends an invocation without a response after its time', async () => {
  respond('{"queues":[]}');
  await aws.invoke('the-function', {}, 0.01);
  const [, { abortSignal }] = lambda.commandCalls(InvokeCommand)[0].args as unknown as [InvokeCommand, { abortSignal: AbortSignal }];
  expect(abortSignal.aborted).toBe(false);
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  expect(abortSignal.aborted).toBe(true);
});
