import { orderReadEvents, type ApiRequest, type Caller, type ReturnedOrder } from '#shared';
import { eventPublisher, type PublisherEnv } from './event-bus';

/**
 * Makes the function that publishes an event for each order that a caller read. It does nothing if reads are not audited. It throws if an
 * event cannot be published. Call it before returning the response, so that no read goes unrecorded.
 */
export function orderReadPublisher({ EVENT_BUS_NAME, EVENT_SOURCE, PIPELINE_ID }: Partial<PublisherEnv>) {
  if (!EVENT_BUS_NAME || !EVENT_SOURCE || !PIPELINE_ID) return async () => undefined;
  const publish = eventPublisher({ EVENT_BUS_NAME, EVENT_SOURCE, PIPELINE_ID });
  return async (request: ApiRequest, correlationId: string, caller: Caller, orders: readonly ReturnedOrder[]): Promise<void> => {
    const [failure] = (await publish(orderReadEvents(request, correlationId, caller, orders))).values();
    if (failure) throw failure;
  };
}
