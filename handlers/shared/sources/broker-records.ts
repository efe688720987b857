import type { ActiveMqEvent, ActiveMqMessage, RabbitMqEvent, RabbitMqHeader, RabbitMqMessage } from './source-event';
import { fromBase64, textOfBytes, type SourceRecord } from './source-record';
import { digest } from '../orders/ids';

/** The messages of a batch of RabbitMQ, in the sequence of each queue. */
export const rabbitMqRecords = ({ rmqMessagesByQueue }: RabbitMqEvent): SourceRecord[] =>
  Object.entries(rmqMessagesByQueue).flatMap(([queue, messages]) => messages.map((message) => fromRabbitMq(queue, message)));

/** RabbitMQ assigns no message IDs. Without one of the sender, equal content at the same time is the same message. */
function fromRabbitMq(queue: string, { basicProperties: { headers, messageId, timestamp }, data }: RabbitMqMessage): SourceRecord {
  return {
    position: [queue, ...(messageId ? ['id', messageId] : ['content', String(timestamp ?? ''), digest([data])])],
    value: fromBase64(data),
    headers: Object.entries(headers ?? {}).map(([name, value]) => [name, textOf(value)]),
  };
}

const textOf = (header: RabbitMqHeader): string => (typeof header === 'object' && header !== null ? textOfBytes(header.bytes ?? []) : String(header));

/** The types of JMS messages whose data is the value. */
const READABLE = ['jms/text-message', 'jms/bytes-message'];

/** The messages of a batch of ActiveMQ. */
export const activeMqRecords = ({ messages }: ActiveMqEvent): SourceRecord[] => messages.map(fromActiveMq);

function fromActiveMq({ messageID, messageType, data, destination, properties }: ActiveMqMessage): SourceRecord {
  return {
    position: [destination?.physicalName ?? '', messageID],
    value: fromBase64(data ?? ''),
    headers: Object.entries(properties ?? {}).map(([name, value]) => [name, String(value)]),
    ...(READABLE.includes(messageType) ? {} : { unreadable: 'the message is neither a JMS text message nor a JMS bytes message' }),
  };
}
