import type { OrderEvent } from './event';
import { orderKey } from '../orders/order-identity';
import type { Outcome } from '../telemetry/outcome';

/** The outcome to log and count for an event: by default its type, and the code of a rejection or refusal. */
export const outcomeOf = ({ type, metadata, data }: OrderEvent, outcome: string = type): Outcome => ({
  outcome,
  orderId: orderKey(metadata),
  commandId: metadata.commandId,
  correlationId: metadata.correlationId,
  ...(data && 'code' in data ? { reason: data.code as string } : {}),
});
