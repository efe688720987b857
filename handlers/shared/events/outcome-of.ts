import type { OrderEvent } from './event';
import type { Outcome } from '../telemetry/telemetry';

/** What to log and count for an event: by default its type, and for a rejection its code. */
export const outcomeOf = ({ type, metadata, data }: OrderEvent, outcome: string = type): Outcome => ({
  outcome,
  orderId: metadata.orderId,
  commandId: metadata.commandId,
  correlationId: metadata.correlationId,
  ...('code' in data ? { reason: data.code } : {}),
});
