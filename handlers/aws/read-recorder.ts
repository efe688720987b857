import type { APIGatewayProxyEvent } from 'aws-lambda';
import { orderReads, type ShownOrder } from '#shared';
import { eventPublisher } from './event-bus';

/**
 * Makes the function that says on the bus who read which orders. It does nothing where reading is not audited. It throws when one read
 * could not be said: a read that is not recorded is not served, so it is called before the answer is given.
 */
export function readRecorder({ EVENT_BUS_NAME, EVENT_SOURCE }: { readonly EVENT_BUS_NAME?: string; readonly EVENT_SOURCE?: string }) {
  if (!EVENT_BUS_NAME || !EVENT_SOURCE) return async () => undefined;
  const publish = eventPublisher({ EVENT_BUS_NAME, EVENT_SOURCE });
  return async (request: APIGatewayProxyEvent, correlationId: string, orders: readonly ShownOrder[]): Promise<void> => {
    const [failure] = (await publish(orderReads(request, correlationId, orders))).values();
    if (failure) throw failure;
  };
}
