import { Duration, Size } from 'aws-cdk-lib';

/** The largest order, unless the app says otherwise. */
export const MAX_ORDER_SIZE = Size.kibibytes(128);

/** A file is much work for one invocation: a whole CPU (1769 MiB, says AWS), and not too many of them at once. */
export const FILE_CONSUMER = { memorySize: 1769, maxConcurrency: 10 };

/** Lambda's longest: a file is checked by one invocation. */
export const VALIDATE_FILE_TIMEOUT = Duration.minutes(15);

/** Shorter, because another invocation goes on, and what crashed is tried again after six times as long. */
export const EXTRACT_ORDERS_TIMEOUT = Duration.minutes(5);

/** A door that opens does so long before API Gateway gives up, which is after 29 seconds. */
export const API_TIMEOUT = Duration.seconds(10);
