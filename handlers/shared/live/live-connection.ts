import type { LiveTopic } from './live-target';
import { LIVE_CONNECTION_SECONDS } from '../../../src/private/contract';
import type { Caller } from '../http/caller';

/** An open connection of a client. */
export interface LiveConnection {
  readonly connectionId: string;
  readonly caller: Caller;
  readonly topics: ReadonlySet<LiveTopic>;
  /** When it ends, in Unix seconds: two hours after it was opened, or when the caller's token expires. */
  readonly expiresAt: number;
}

/** A subscription of a connection. */
export interface LiveSubscription {
  readonly connectionId: string;
  /** The customer whose events the caller may see, if not those of all customers. */
  readonly customerId?: string;
  readonly expiresAt: number;
}

/** Returns when a connection ends. `tokenExpiry` is in Unix seconds. */
export const connectionExpiry = (now: Date, tokenExpiry = Infinity): number =>
  Math.min(Math.floor(now.getTime() / 1000) + LIVE_CONNECTION_SECONDS, tokenExpiry);

/** Whether a connection has ended. */
export const isConnectionOver = ({ expiresAt }: Pick<LiveConnection, 'expiresAt'>, now: Date): boolean => expiresAt * 1000 <= now.getTime();
