import * as z from 'zod/mini';
import { parseMessage } from '../messaging/parse-message';

const messageSchema = z.object({
  owner: z.string().check(z.minLength(1), z.maxLength(64)),
  webhookId: z.string().check(z.minLength(1), z.maxLength(64)),
  /** A delivery that failed and is to be made again. */
  redeliver: z.optional(z.string()),
  /** The order of that delivery, by which operators find the message in the dead-letter queue. */
  orderId: z.optional(z.string()),
  tenant: z.optional(z.string()),
});

/** A message of the delivery queue: a webhook may have deliveries that are due. */
export type DeliveryMessage = z.infer<typeof messageSchema>;

/** @throws PoisonMessage when the body is not such a message. */
export const parseDeliveryMessage = (body: string): DeliveryMessage => parseMessage(body, messageSchema);

/** The longest delay of a message. */
const MAX_DELAY_SECONDS = 900;

/** The delay of the message that invokes the next run, in seconds. A run that comes too early only sends another one. */
export const wakeUpDelay = (nextAt: number, now: number): number => Math.min(MAX_DELAY_SECONDS, Math.max(0, Math.ceil((nextAt - now) / 1000)));
