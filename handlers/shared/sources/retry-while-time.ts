import { PoisonMessage } from '../messaging/errors';

/** Pauses between attempts double from the first to the longest, with equal jitter. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** What an invocation keeps of its time for dead letters and its response. */
const RESERVE_MS = 10_000;

/** The time of an invocation. */
export interface InvocationTime {
  readonly remainingMilliseconds: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/**
 * Repeats work that fails for as long as the time of the invocation allows: Lambda itself retries a batch of a stream or broker at once, and
 * Kafka with a failure destination only ten times.
 */
export async function retryWhileTime<Result>(work: () => Promise<Result>, { remainingMilliseconds, sleep }: InvocationTime): Promise<Result> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      const jittered = (pause * (1 + Math.random())) / 2;
      if (error instanceof PoisonMessage || remainingMilliseconds() - jittered < RESERVE_MS) throw error;
      await sleep(jittered);
    }
  }
}
