import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import {
  DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient, type Message,
} from '@aws-sdk/client-sqs';
import { clientConfig } from './client-config';
import type { LocalAws } from './local-aws';

/** A queue of a deployed stack. */
export interface DeployedQueue {
  /** Its logical ID without CDK's hash, such as `OrdersProcessorProcessingQueue`. */
  readonly name: string;
  readonly url: string;
  /** The number of messages: visible, in flight and delayed. */
  readonly depth: number;
  readonly isDeadLetterQueue: boolean;
}

/** Lists the queues of a stack and their depths. */
export async function deployedQueues(local: LocalAws, StackName: string): Promise<DeployedQueue[]> {
  const queues: DeployedQueue[] = [];
  for await (const page of paginateListStackResources({ client: new CloudFormationClient(clientConfig(local)) }, { StackName })) {
    const resources = (page.StackResourceSummaries ?? []).filter(({ ResourceType }) => ResourceType === 'AWS::SQS::Queue');
    queues.push(...await Promise.all(resources.map(async ({ LogicalResourceId, PhysicalResourceId }) => {
      const name = LogicalResourceId!.replace(/[0-9A-F]{8}$/, '');
      return { name, url: PhysicalResourceId!, depth: await depthOf(local, PhysicalResourceId!), isDeadLetterQueue: /DeadLetter/.test(name) };
    })));
  }
  return queues;
}

async function depthOf(local: LocalAws, QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs(local).send(new GetQueueAttributesCommand({
    QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'],
  }));
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

/** Receives and deletes all visible messages of a queue. */
export async function drain(local: LocalAws, QueueUrl: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const messages = await receive(local, QueueUrl);
    if (messages.length === 0) return all;
    all.push(...messages);
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs(local).send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

/** Sets the visibility timeout of a queue, in seconds. */
export const setVisibilityTimeout = (local: LocalAws, QueueUrl: string, seconds: number) =>
  sqs(local).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: String(seconds) } }));

/** Receives up to ten messages of a queue, which stay visible. */
export const peek = (local: LocalAws, QueueUrl: string): Promise<Message[]> => receive(local, QueueUrl, 0);

async function receive(local: LocalAws, QueueUrl: string, VisibilityTimeout?: number): Promise<Message[]> {
  const { Messages = [] } = await sqs(local).send(new ReceiveMessageCommand({
    QueueUrl, VisibilityTimeout, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'],
  }));
  return Messages;
}

const clients = new Map<string, SQSClient>();

function sqs(local: LocalAws): SQSClient {
  const client = clients.get(local.endpoint) ?? new SQSClient(clientConfig(local));
  clients.set(local.endpoint, client);
  return client;
}
