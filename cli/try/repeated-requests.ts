import type { ApiRequest, ApiResponse, SendRequest } from './orders-client';
import type { CommandContext } from '../command-context';
import { formatDuration } from '../format-duration';
import { ProgressLine } from '../progress-line';

const PAUSE_MS = 1000;

/** Requests that are repeated until they are answered as expected, or until a deadline. */
export class RepeatedRequests {
  private readonly startedAt: number;
  private readonly progress: ProgressLine;

  /** @param seconds the time for all requests. */
  constructor(
    private readonly send: SendRequest, private readonly seconds: number,
    private readonly context: Pick<CommandContext, 'clock' | 'printError' | 'isTerminal'>,
  ) {
    this.startedAt = context.clock.now();
    this.progress = new ProgressLine(context);
  }

  /** The seconds since the first request. */
  public get elapsed(): number {
    return (this.context.clock.now() - this.startedAt) / 1000;
  }

  /**
   * Sends a request until its response is accepted, or the time is over.
   *
   * @param waitingFor what is shown as the progress.
   * @returns the last response.
   */
  public async until(
    request: ApiRequest, waitingFor: string, isAccepted: (response: ApiResponse) => boolean, seconds = this.seconds,
  ): Promise<ApiResponse> {
    const { clock } = this.context;
    const end = Math.min(clock.now() + seconds * 1000, this.startedAt + this.seconds * 1000);
    try {
      for (;;) {
        const response = await this.send(request);
        if (isAccepted(response) || clock.now() + PAUSE_MS > end) return response;
        this.progress.update(() => `Waiting for ${waitingFor} (${formatDuration(this.elapsed)})`);
        await clock.sleep(PAUSE_MS, new AbortController().signal);
      }
    } finally {
      this.progress.end();
    }
  }
}
