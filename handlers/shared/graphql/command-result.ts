import type { OrderCommand } from '../commands/order-command';
import type { Problem } from '../http/problem';

/** The `CommandResult` of a command in the queue. */
export const acceptedResult = ({ orderId, correlationId }: OrderCommand): Record<string, unknown> =>
  ({ accepted: true, orderId, correlationId, status: 'RECEIVED', errors: [] });

/** The `CommandResult` of a request that was not accepted: with every error. */
export function refusedResult(problem: Problem, correlationId: string): Record<string, unknown> {
  const { type, title, status, detail } = problem.toBody(correlationId);
  return { accepted: false, correlationId, problem: { type, title, status, detail }, errors: problem.errors };
}
