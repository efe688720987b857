import type { FunctionRequest } from '../../../cli/redrive/redrive-function';
import type { QueueReport, RedriveResponse, StopReason } from '../../../handlers/shared/redrive';
import { TestClock } from '../sample-context';

/** A request with what the function needs of it. */
export type SentRequest = FunctionRequest & { readonly at: number };

/** Answers one invocation for a queue; undefined for what the function does without errors. */
type Override = (request: SentRequest, index: number) => Partial<QueueReport> | Error | undefined;

/** The function `redrive-dead-letters` with queues of so many messages, which it moves at the rate and in the time of each request. */
export class FakeRedrive {
  readonly requests: SentRequest[] = [];
  readonly clock = new TestClock();
  /** What another invocation than the usual one returns. */
  override: Override;

  constructor(readonly queues: Record<string, number>) {
    this.override = () => undefined;
  }

  /** The invocations that move messages. */
  get redrives(): SentRequest[] {
    return this.requests.filter(({ action }) => action === 'redrive');
  }

  readonly invoke = async (_name: string, request: object): Promise<RedriveResponse> => {
    const sent = { ...request, at: this.clock.now } as SentRequest;
    this.requests.push(sent);
    const given = sent.action === 'redrive' ? this.override(sent, this.redrives.length - 1) : undefined;
    if (given instanceof Error) throw given;
    const names = Object.keys(this.queues).filter((name) => sent.queue === undefined || name === sent.queue);
    return {
      action: sent.action,
      dryRun: sent.dryRun ?? true,
      startedAt: 1_700_000_000_000,
      complete: true,
      unpublished: 0,
      queues: names.map((name) => (sent.action === 'count' ? report(name, this.queues[name]) : { ...this.move(name, sent), ...given })),
    };
  };

  private move(name: string, { maxSeconds = Infinity, maxPerSecond = 100, limit = Infinity }: FunctionRequest): QueueReport {
    const count = this.queues[name];
    const possible = maxSeconds * maxPerSecond;
    const moved = Math.min(count, limit, possible);
    this.clock.now += Math.ceil((moved * 1000) / maxPerSecond);
    this.queues[name] -= moved;
    const stopReason: StopReason | undefined = moved === limit ? 'LIMIT' : moved === possible ? 'TIME_IS_UP' : undefined;
    return { ...report(name, count), received: moved, matching: moved, moved, ...(stopReason ? { stopReason } : {}) };
  }
}

const report = (queue: string, count: number): QueueReport =>
  ({ queue, count, received: 0, sentDuringRun: 0, matching: 0, moved: 0, failed: 0, messages: [] });
