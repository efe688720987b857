import { Size } from 'aws-cdk-lib';

/** The largest order, unless the app says otherwise. */
export const MAX_ORDER_SIZE = Size.kibibytes(128);

/** A file is much work for one invocation: a whole CPU (1769 MiB, says AWS), and not too many of them at once. */
export const FILE_CONSUMER = { memorySize: 1769, maxConcurrency: 10 };
