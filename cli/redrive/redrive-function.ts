import { isConnectionError, isRetryable } from './is-retryable';
import type { RedriveRequest } from '../../handlers/shared/redrive/redrive-request';
import type { RedriveResponse } from '../../handlers/shared/redrive/redrive-response';
import type { Aws } from '../aws';
import type { Clock } from '../command-context';
import { errorMessage } from '../error-message';
import { formatDuration } from '../format-duration';
import { FunctionFailed } from '../function-failed';

/** A request to the function. Undefined fields have its defaults. */
export type FunctionRequest = Pick<RedriveRequest, 'action'> & Partial<RedriveRequest>;

/** The maximum number of repeated invocations in succession. Pauses double from a second on: a minute in all. */
const MAX_RETRIES = 6;
/** Seconds that an invocation lasts longer than its request: its start, its last messages and its events. */
const EXTRA_SECONDS = 60;
/** The maximum timeout of a function. */
const MAX_SECONDS = 900;

/** The dependencies of invocations. */
export interface Invocations {
  readonly functionName: string;
  readonly invoke: Aws['invoke'];
  readonly clock: Clock;
  readonly interruption: AbortSignal;
  /** Reports an invocation that is repeated. */
  readonly note: (text: string) => void;
}

/** The function `redrive-dead-letters` of a pipeline. */
export class RedriveFunction {
  /** The number of invocations that returned a response. */
  invocations = 0;
  /** The number of invocations that may have moved messages and returned no response. */
  lost = 0;

  constructor(private readonly dependencies: Invocations) {}

  /**
   * Invokes the function. Repeats an invocation that timed out, was throttled or lost its connection.
   *
   * @returns undefined when it failed and an interruption was requested.
   * @throws the last error.
   */
  async invoke(request: FunctionRequest): Promise<RedriveResponse | undefined> {
    const { clock, interruption, note } = this.dependencies;
    const seconds = request.maxSeconds ?? MAX_SECONDS;
    for (let retry = 1; ; retry++) {
      const startedAt = clock.now();
      try {
        return await this.invokeOnce(request, seconds + EXTRA_SECONDS);
      } catch (error) {
        if (isConnectionError(error as Error) || error instanceof FunctionFailed) this.lost++;
        if (!isRetryable(error as Error) || retry > MAX_RETRIES) throw error;
        // Without a response, the invocation may still be running. A second one next to it would exceed the rate.
        const mayRun = isConnectionError(error as Error) && request.maxSeconds !== undefined ? startedAt + seconds * 1000 - clock.now() : 0;
        const pause = Math.max(1000 * 2 ** (retry - 1), mayRun);
        note(`${errorMessage(error as Error)}; invoking the function again in ${formatDuration(pause / 1000)}`);
        await clock.sleep(pause, interruption);
        if (interruption.aborted) return undefined;
      }
    }
  }

  private async invokeOnce(request: FunctionRequest, timeout: number): Promise<RedriveResponse> {
    const { functionName, invoke } = this.dependencies;
    const response = await invoke(functionName, request, timeout) as RedriveResponse | null;
    if (!Array.isArray(response?.queues)) throw new Error(`${functionName} is not the function redrive-dead-letters of an order pipeline`);
    this.invocations++;
    return response;
  }
}
