import { progressText } from './progress-text';
import { MAX_SECONDS, QueueRedrive } from './queue-redrive';
import { RedriveFunction, type FunctionRequest } from './redrive-function';
import type { RedriveResult } from './redrive-result';
import type { RedriveResponse } from '../../handlers/shared/redrive/redrive-response';
import type { Aws } from '../aws';
import type { CommandContext } from '../command-context';
import { errorMessage } from '../error-message';
import { formatDuration } from '../format-duration';
import { ProgressLine } from '../progress-line';

type Context = Pick<CommandContext, 'printError' | 'isTerminal' | 'clock' | 'catchInterruption'>;

/**
 * Moves the messages of all selected queues: invokes the function until each queue is done or cannot progress. Messages that arrive after the
 * command started are not moved, so a message that fails again is moved once.
 *
 * @throws Error when the messages cannot be counted.
 */
export async function redriveAll(functionName: string, request: FunctionRequest, invoke: Aws['invoke'], context: Context): Promise<RedriveResult> {
  const redrive = new Redrive(functionName, request, invoke, context);
  const counted = await redrive.count();
  return redrive.run(counted);
}

class Redrive {
  private readonly startedAt: number;
  private readonly interruption: AbortSignal;
  private readonly line: ProgressLine;
  private readonly target: RedriveFunction;
  private readonly queues: QueueRedrive[] = [];
  private unpublished = 0;

  constructor(functionName: string, private readonly request: FunctionRequest, invoke: Aws['invoke'], private readonly context: Context) {
    const { clock } = context;
    this.startedAt = clock.now();
    this.line = new ProgressLine(context);
    this.interruption = context.catchInterruption();
    const note = (text: string) => this.line.note(text);
    this.target = new RedriveFunction({ functionName, invoke, clock, interruption: this.interruption, note });
    this.interruption.addEventListener('abort', () => note(
      `Stopping after the current invocation, which takes up to ${MAX_SECONDS} seconds. Press Ctrl-C again to exit now: the function then ends it by itself.`,
    ));
  }

  async count(): Promise<RedriveResponse> {
    const { queue } = this.request;
    const counted = await this.target.invoke({ action: 'count', ...(queue === undefined ? {} : { queue }) });
    if (!counted) throw new Error('interrupted before the messages were counted; nothing was moved');
    return counted;
  }

  async run({ startedAt, queues }: RedriveResponse): Promise<RedriveResult> {
    // The clock of the function is more reliable than that of this machine.
    this.queues.push(...queues.map((report) => new QueueRedrive(report, { ...this.request, startedAt })));
    let error: string | undefined;
    try {
      for (const queue of this.queues) await this.redriveQueue(queue);
    } catch (caught) {
      error = errorMessage(caught as Error);
    } finally {
      this.line.end();
    }
    return this.result(error);
  }

  private async redriveQueue(queue: QueueRedrive): Promise<void> {
    const { target, line, interruption, context: { clock } } = this;
    while (!queue.isOver && !interruption.aborted) {
      this.showProgress(queue);
      const response = await target.invoke(queue.nextRequest());
      if (!response) return;
      this.unpublished += response.unpublished;
      const pause = queue.add(response.queues[0]);
      this.showProgress(queue);
      if (pause > 0) {
        line.note(`${queue.name}: nothing was moved; trying again in ${formatDuration(pause)}`);
        await clock.sleep(pause * 1000, interruption);
      }
    }
  }

  private showProgress({ name }: QueueRedrive): void {
    const { line, queues, startedAt, context: { clock }, request: { orderId, tenant, error, olderThan, newerThan } } = this;
    const isFiltered = [orderId, tenant, error, olderThan, newerThan].some((filter) => filter !== undefined);
    line.update(() => progressText({
      queue: name,
      moved: sum(queues, ({ moved }) => moved),
      ...(isFiltered ? {} : { expected: sum(queues, ({ expected }) => expected) }),
      seconds: (clock.now() - startedAt) / 1000,
    }));
  }

  private result(error: string | undefined): RedriveResult {
    const queues = this.queues.map((queue) => queue.result());
    return {
      action: 'redrive',
      dryRun: false,
      complete: error === undefined && queues.every(({ stopReason, failed }) => stopReason === undefined && failed === 0),
      interrupted: this.interruption.aborted,
      ...(error === undefined ? {} : { error }),
      seconds: Math.round((this.context.clock.now() - this.startedAt) / 1000),
      invocations: this.target.invocations,
      lostInvocations: this.target.lost,
      moved: sum(queues, ({ moved }) => moved),
      failed: sum(queues, ({ failed }) => failed),
      left: sum(queues, ({ left }) => left),
      unpublished: this.unpublished,
      queues,
    };
  }
}

const sum = <Each>(all: readonly Each[], numberOf: (each: Each) => number): number => all.reduce((total, each) => total + numberOf(each), 0);
