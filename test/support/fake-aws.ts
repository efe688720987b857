import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, HeadObjectCommand,
  ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand, S3Client, UploadPartCommand,
} from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ChangeMessageVisibilityBatchCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeEventBus } from './fake-event-bus';
import { FakeFifoQueue } from './fake-fifo-queue';
import { FakeFilesTable } from './fake-files-table';
import { FakeQueue } from './fake-queue';
import { FakeS3 } from './fake-s3';
import { FakeTopic } from './fake-topic';
import { eventBridge } from './published-events';
import { sqs } from './sent-messages';

const s3Client = mockClient(S3Client);
const table = mockClient(DynamoDBDocumentClient);
const sns = mockClient(SNSClient);

/** A request: the name of its command without `Command`, and its input. */
export interface AwsCall {
  readonly name: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests inspect any input
  readonly input: any;
}

/** Intercepts a request. `effect` executes it and returns the response. */
export type Crossing = (call: AwsCall, effect: () => unknown) => unknown;

/** The AWS services of the file handlers, in memory. Handlers use the newest instance. */
export class FakeAws {
  readonly s3: FakeS3;
  readonly files = new FakeFilesTable();
  readonly validFiles = new FakeQueue();
  readonly deadLetters = new FakeQueue();
  readonly orders = new FakeFifoQueue();
  readonly alerts = new FakeTopic();
  readonly bus = new FakeEventBus();
  /** Every request, in order, including failed ones. */
  readonly calls: AwsCall[] = [];
  /** Intercepts every request. */
  crossing: Crossing;

  constructor(options: { readonly keepsVersions?: boolean } = {}) {
    this.s3 = new FakeS3(options.keepsVersions);
    this.crossing = (_, effect) => effect();
    [s3Client, table, sns, eventBridge, sqs].forEach((client) => client.reset());
    for (const [client, command, answer] of this.services()) {
      // eslint-disable-next-line @typescript-eslint/no-explicit-any -- clients and commands of all services in one list
      (client as any).on(command).callsFake((input: any) => this.cross({ name: command.name.replace(/Command$/, ''), input }, answer));
    }
  }

  /** Returns how often a command was sent. */
  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  /** Runs an action just before the `nth` request of a name. */
  before(name: string, nth: number, action: () => unknown): void {
    let seen = 0;
    const { crossing } = this;
    this.crossing = (call, effect) => crossing(call, () => {
      if (call.name === name && ++seen === nth) action();
      return effect();
    });
  }

  private async cross(call: AwsCall, answer: (input: never) => unknown): Promise<unknown> {
    this.calls.push(call);
    return this.crossing(call, () => answer(call.input as never));
  }

  private services(): [client: object, command: { readonly name: string }, answer: (input: never) => unknown][] {
    const { s3, files, orders, alerts, bus } = this;
    return [
      [s3Client, HeadObjectCommand, s3.headObject.bind(s3)],
      [s3Client, GetObjectCommand, s3.getObject.bind(s3)],
      [s3Client, ListObjectsV2Command, s3.listObjects.bind(s3)],
      [s3Client, ListObjectVersionsCommand, s3.listVersions.bind(s3)],
      [s3Client, PutObjectCommand, s3.putObject.bind(s3)],
      [s3Client, CreateMultipartUploadCommand, s3.createMultipartUpload.bind(s3)],
      [s3Client, UploadPartCommand, s3.uploadPart.bind(s3)],
      [s3Client, CompleteMultipartUploadCommand, s3.completeMultipartUpload.bind(s3)],
      [s3Client, AbortMultipartUploadCommand, s3.abortMultipartUpload.bind(s3)],
      [table, PutCommand, files.put.bind(files)],
      [table, UpdateCommand, files.update.bind(files)],
      [table, GetCommand, files.get.bind(files)],
      [table, QueryCommand, files.query.bind(files)],
      [sns, PublishCommand, alerts.publish.bind(alerts)],
      [eventBridge, PutEventsCommand, bus.putEvents.bind(bus)],
      [sqs, SendMessageBatchCommand, orders.sendBatch.bind(orders)],
      [sqs, ChangeMessageVisibilityBatchCommand, () => ({})],
      [sqs, SendMessageCommand, (message: { QueueUrl: string; MessageBody: string }) => this.queueAt(message.QueueUrl).send(message)],
    ];
  }

  private queueAt(url: string): FakeQueue {
    if ([process.env.VALID_FILES_QUEUE_URL, process.env.QUEUE_URL].includes(url)) return this.validFiles;
    if (url === process.env.DEAD_LETTER_QUEUE_URL) return this.deadLetters;
    throw new Error(`there is no queue ${url}`);
  }
}
