import type { Context } from 'aws-lambda';

/** What Lambda tells a handler of its invocation: that it has so many milliseconds left. */
export const sampleContext = (milliseconds = 30_000): Context => ({ getRemainingTimeInMillis: () => milliseconds }) as Context;
