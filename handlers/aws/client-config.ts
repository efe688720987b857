import type { SQSClientConfig } from '@aws-sdk/client-sqs';

/** A connection within a region takes milliseconds. After a second, another attempt is more promising. */
const CONNECTION_TIMEOUT_MS = 1000;

/** Requests take tens of milliseconds. A connection can be lost without notice while Lambda is frozen; its requests get no response. */
const REQUEST_TIMEOUT_MS = 5000;

/**
 * Connections stay open between invocations, and services close idle ones. The SDK repeats a request that was sent over a closed
 * connection as long as attempts are left.
 */
const MAX_ATTEMPTS = 3;

const ignore = (): void => undefined;

/**
 * A logger that ignores the SDK's warnings, as its default does. For `info` and `error` of the default, the SDK copies the input and output of each
 * request: a sixth of the CPU time of a request with many entries. A logger without them gets no copies.
 */
const logger = { debug: ignore, warn: ignore } as unknown as SQSClientConfig['logger'];

/** What differs between clients. */
export interface ClientLimits {
  /** How long one attempt may take until the response begins, in milliseconds; 5,000 by default. */
  readonly requestTimeout?: number;
  /** How long a connection may be silent while a response is read, in milliseconds; no limit by default. */
  readonly socketTimeout?: number;
}

/**
 * The configuration of every AWS client of the handlers: timeouts for connections and requests, attempts, and a logger.
 *
 * The SDK's own defaults have neither timeout: a handler would wait for a lost connection until Lambda ends the invocation.
 */
export const clientConfig = ({ requestTimeout = REQUEST_TIMEOUT_MS, socketTimeout }: ClientLimits = {}) => ({
  maxAttempts: MAX_ATTEMPTS,
  logger,
  requestHandler: {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout,
    // Without it, the SDK only logs a warning.
    throwOnRequestTimeout: true,
    ...(socketTimeout === undefined ? {} : { socketTimeout }),
  },
});
