import * as z from 'zod/mini';
import { executionName } from './execution-name';
import { metadataSchema } from '../events/event';
import { parseMessage } from '../messaging/parse-message';
import { orderKey, type OrderKey } from '../orders/order-identity';

const triggerSchema = z.object({
  detail: z.looseObject({
    metadata: z.looseObject({
      orderId: metadataSchema.shape.orderId,
      tenant: metadataSchema.shape.tenant,
      eventId: metadataSchema.shape.eventId,
      correlationId: metadataSchema.shape.correlationId,
    }),
  }),
});

/** The execution that an event starts. */
export interface WorkflowStart {
  readonly orderId: OrderKey;
  readonly correlationId: string;
  /** The name of the execution. */
  readonly name: string;
  /** The input of the execution as JSON: the detail of the event. */
  readonly input: string;
}

/**
 * Reads the event that starts an execution.
 *
 * @param workflow names the workflow.
 * @throws PoisonMessage when the body is not an event about an order with an event ID.
 */
export function readTriggerEvent(body: string, workflow: string): WorkflowStart {
  const { detail } = parseMessage(body, triggerSchema);
  const { metadata: { orderId, eventId, correlationId } } = detail;
  return {
    orderId: orderKey(detail.metadata), correlationId, name: executionName(workflow, orderId, eventId), input: JSON.stringify(detail),
  };
}
