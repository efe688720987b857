import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { IdentifiedRecord } from './source-event';

/** What SNS sends to a queue, unless the subscription has raw delivery. */
const notificationSchema = z.object({
  Type: z.literal('Notification'),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  MessageAttributes: z.optional(z.record(z.string(), z.object({ Value: z.string() }))),
});

/** The record in a message of a queue: the message itself, or the notification of a topic in it, which has the same ID however often it is delivered. */
export function queueRecord({ messageId, body, messageAttributes, eventSourceARN }: SQSRecord): IdentifiedRecord {
  const notification = notificationIn(body);
  if (!notification) {
    const headers = Object.entries(messageAttributes ?? {}).map(([name, { stringValue = '' }]) => [name, stringValue] as const);
    return { position: [eventSourceARN, messageId], value: Buffer.from(body), headers, itemIdentifier: messageId };
  }
  const { TopicArn, MessageId, Message, MessageAttributes = {} } = notification;
  const headers = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value] as const);
  return { position: [TopicArn, MessageId], value: Buffer.from(Message), headers, itemIdentifier: messageId };
}

function notificationIn(body: string): z.infer<typeof notificationSchema> | undefined {
  if (!body.includes('"TopicArn"')) return undefined;
  try {
    return notificationSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
