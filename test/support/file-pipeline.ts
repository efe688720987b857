import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { FakeAws } from './fake-aws';
import { FakeQueue } from './fake-queue';
import { Invocation, makeInvocationsKillable, type InvocationOptions } from './invocation';
import { sqsEvent, sqsRecord } from './sqs-event';

type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** The faults of the file pipeline. */
export interface Disturbance {
  /** Returns the options of the invocations that receive the next message: usually one, seldom two. */
  readonly next: (handler: 'validate-file' | 'extract-orders') => InvocationOptions[];
  /** Is called with the number of killed invocations. */
  readonly killed: (times: number) => void;
}

/** The pipeline of order files, from the S3 notification to the orders queue, with both handlers and the queues between them. */
export class FilePipeline {
  readonly aws = new FakeAws();
  /** S3's notifications. */
  readonly files = new FakeQueue();
  invocations = 0;

  constructor(private readonly validateFile: Handler, private readonly extractOrders: Handler) {
    makeInvocationsKillable(this.aws);
  }

  /** Delivers messages, repeatedly if necessary, until the queues are empty. */
  async run(disturbance: Disturbance, atMost = 1000): Promise<void> {
    while (this.files.bodies.length + this.aws.validFiles.bodies.length > 0) {
      if (++this.invocations > atMost) throw new Error('there is no progress');
      if (this.files.bodies.length > 0) await this.deliver(this.files, this.validateFile, disturbance.next('validate-file'), disturbance);
      else await this.deliver(this.aws.validFiles, this.extractOrders, disturbance.next('extract-orders'), disturbance);
    }
  }

  /** Delivers the oldest message. It is delivered again unless one invocation succeeds. */
  private async deliver(queue: FakeQueue, handler: Handler, invocations: InvocationOptions[], disturbance: Disturbance): Promise<void> {
    const body = queue.bodies.shift()!;
    const event = sqsEvent(sqsRecord('message-1', body));
    const answers = await Promise.all(invocations.map(async (options) => new Invocation(options).run((context) => handler(event, context))));
    disturbance.killed(answers.filter((answer) => answer === 'killed').length);
    if (!answers.some((answer) => answer !== 'killed' && answer.batchItemFailures.length === 0)) queue.bodies.push(body);
  }
}
