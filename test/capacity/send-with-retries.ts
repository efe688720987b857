import type { Environment } from './lambda';
import { RETRY_TOKENS } from './lambda';
import type { Latency } from './latency';
import type { World } from './world';

/** The SDK's attempts for a request, as the handlers configure them (`client-config.ts`). */
const ATTEMPTS = 3;
/** The SDK's longest delay before the second attempt of a throttled request. It doubles with every further one, with full jitter. */
const THROTTLING_DELAY = 1000;
/** What a retry takes of the SDK's quota until it succeeds, and what a first attempt that succeeds gives back. */
const RETRY_COST = 5;
const FIRST_ATTEMPT_REWARD = 1;

/** Requests that are sent concurrently. */
export interface Requests<Item> {
  readonly items: readonly Item[];
  /** Sends a request. Returns whether the service accepted it; otherwise it throttled the request. */
  readonly send: (item: Item) => boolean;
  readonly latency: Latency;
  /** Receives what was throttled in the last attempt. */
  readonly end: (failed: readonly Item[]) => void;
}

/** Sends requests concurrently, and repeats those that are throttled as the SDK does. The retries of an invocation are made together. */
export function sendWithRetries<Item>(world: World, environment: Environment, requests: Requests<Item>, attempt = 1): void {
  const { clock, random } = world;
  const { items, send, latency, end } = requests;
  if (items.length === 0) return end([]);
  clock.after(latency.longestOf(items.length, random), () => {
    const failed = items.filter((item) => !send(item));
    const reward = attempt === 1 ? FIRST_ATTEMPT_REWARD : RETRY_COST;
    environment.retryTokens = Math.min(RETRY_TOKENS, environment.retryTokens + reward * (items.length - failed.length));
    const retried = attempt < ATTEMPTS ? failed.slice(0, Math.floor(environment.retryTokens / RETRY_COST)) : [];
    if (retried.length === 0) return end(failed);
    environment.retryTokens -= retried.length * RETRY_COST;
    const abandoned = failed.slice(retried.length);
    const next = { ...requests, items: retried, end: (again: readonly Item[]) => { end([...again, ...abandoned]); } };
    clock.after(random.next() * THROTTLING_DELAY * 2 ** (attempt - 1), () => { sendWithRetries(world, environment, next, attempt + 1); });
  });
}
