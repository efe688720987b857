import type { Context } from 'aws-lambda';

/** What is left of an invocation's time when it has to come to an end. */
const RESERVE_MS = 30_000;

/** Makes the question whether an invocation has to come to an end: half a minute before its timeout, or a third of a short one. */
export function timeIsUpIn(context: Context): () => boolean {
  const reserve = Math.min(RESERVE_MS, context.getRemainingTimeInMillis() / 3);
  return () => context.getRemainingTimeInMillis() < reserve;
}
