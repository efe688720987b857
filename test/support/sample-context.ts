import type { Context } from 'aws-lambda';

/** The context of an invocation with the remaining time in milliseconds. */
export const sampleContext = (milliseconds = 30_000): Context => ({ getRemainingTimeInMillis: () => milliseconds }) as Context;
