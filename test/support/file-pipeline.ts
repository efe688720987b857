import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { FakeAws } from './fake-aws';
import { FakeQueue } from './fake-queue';
import { Invocation, makeInvocationsKillable, type InvocationOptions } from './invocation';
import { sqsEvent, sqsRecord } from './sqs-event';

type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** How the handlers along the road are disturbed: asked before every invocation. */
export interface Disturbance {
  /** Options of the invocations that get one and the same message: usually one, seldom two. */
  readonly next: (handler: 'validate-file' | 'extract-orders') => InvocationOptions[];
  /** Told when invocations were killed. */
  readonly killed: (times: number) => void;
}

/** The road of order files, from S3's notification to the orders queue, with both handlers and the queues between them. */
export class FilePipeline {
  readonly aws = new FakeAws();
  /** S3's notifications. */
  readonly files = new FakeQueue();
  invocations = 0;

  constructor(private readonly validateFile: Handler, private readonly extractOrders: Handler) {
    makeInvocationsKillable(this.aws);
  }

  /** Delivers messages, again and again if need be, until no queue has any. */
  async run(disturbance: Disturbance, atMost = 1000): Promise<void> {
    while (this.files.bodies.length + this.aws.validFiles.bodies.length > 0) {
      if (++this.invocations > atMost) throw new Error('it gets nowhere');
      if (this.files.bodies.length > 0) await this.deliver(this.files, this.validateFile, disturbance.next('validate-file'), disturbance);
      else await this.deliver(this.aws.validFiles, this.extractOrders, disturbance.next('extract-orders'), disturbance);
    }
  }

  /** Delivers the oldest message; it comes again unless somebody was done with it. */
  private async deliver(queue: FakeQueue, handler: Handler, invocations: InvocationOptions[], disturbance: Disturbance): Promise<void> {
    const body = queue.bodies.shift()!;
    const event = sqsEvent(sqsRecord('message-1', body));
    const answers = await Promise.all(invocations.map(async (options) => new Invocation(options).run((context) => handler(event, context))));
    disturbance.killed(answers.filter((answer) => answer === 'killed').length);
    if (!answers.some((answer) => answer !== 'killed' && answer.batchItemFailures.length === 0)) queue.bodies.push(body);
  }
}
