import { Duration, Size } from 'aws-cdk-lib';

/** The default maximum size of an order. */
export const MAX_ORDER_SIZE = Size.kibibytes(128);

/** Defaults for files, which need much CPU: one vCPU (1769 MiB according to the Lambda documentation) and few concurrent invocations. */
export const FILE_CONSUMER = { memorySize: 1769, maxConcurrency: 10 };

/** The maximum of Lambda, because one invocation validates a whole file. */
export const VALIDATE_FILE_TIMEOUT = Duration.minutes(15);

/** Shorter, because another invocation continues, and a failed one is retried after six times the timeout. */
export const EXTRACT_ORDERS_TIMEOUT = Duration.minutes(5);

/** Well below the integration timeout of API Gateway, 29 seconds. */
export const API_TIMEOUT = Duration.seconds(10);

/** The default throttle of the API: requests per second, and burst. */
export const DEFAULT_THROTTLE = { rateLimit: 1000, burstLimit: 2000 };
