import * as z from 'zod/mini';
import { DETAIL_SCHEMAS, type EventOf } from './event';
import { parseMessage } from './parse-message';

/** What the processing queue holds: orders to store, and rejections to remember. */
export type PlacementEvent = EventOf<'OrderValidated'> | EventOf<'OrderRejected'>;

const messageSchema = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal('OrderValidated'), 'detail': DETAIL_SCHEMAS.OrderValidated }),
  z.object({ 'detail-type': z.literal('OrderRejected'), 'detail': DETAIL_SCHEMAS.OrderRejected }),
]);

/**
 * Reads an event that an EventBridge rule put into the processing queue.
 *
 * @throws PoisonMessage when the body is no such event.
 */
export function parsePlacementEvent(body: string): PlacementEvent {
  const { 'detail-type': type, detail } = parseMessage(body, messageSchema);
  return { type, ...detail } as PlacementEvent;
}
