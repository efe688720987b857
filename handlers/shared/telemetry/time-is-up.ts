import type { Context } from 'aws-lambda';

/** An invocation stops its work when less than this time remains. */
const RESERVE_MS = 30_000;

/** Makes a function that returns whether an invocation should stop: 30 seconds before its timeout, or at two thirds of a shorter one. */
export function timeIsUpIn(context: Context): () => boolean {
  const reserve = Math.min(RESERVE_MS, context.getRemainingTimeInMillis() / 3);
  return () => context.getRemainingTimeInMillis() < reserve;
}
