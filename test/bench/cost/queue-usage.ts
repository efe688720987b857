import type { Observed } from './observed';
import { bytesOf, chunksOf } from './sizes';
import { addUsage, type Usage } from './usage';
import type { Account } from '../../simulation/account';

/** Lambda deletes at most so many messages with a request. */
const DELETED_TOGETHER = 10;

interface QueueRecord {
  readonly body: string;
  readonly eventSource?: string;
  readonly eventSourceARN?: string;
}

/** The requests that Lambda makes to queues, and those with which EventBridge and S3 send messages to them. The functions' own are counted with their calls. */
export function queueUsage({ queues, deployment }: Account, { calls, invocations }: Observed): Usage {
  const keyOf = (name: string) => (deployment.queues[name].isFifo ? 'sqsFifoRequests' : 'sqsRequests');
  const received = invocations.map(({ event }) => receivedUsage(event.Records as readonly QueueRecord[] | undefined));
  const delivered = Object.values(queues).map(({ name, arrived }) => {
    const own = calls.filter(({ operation, input, error }) => operation.startsWith('SendMessage') && !error && input.QueueUrl.endsWith(`/${name}`));
    const sent = own.flatMap(({ input }) => (input.Entries ?? [input]) as readonly { readonly MessageBody: string }[]);
    return { [keyOf(name)]: chunks(arrived.map(({ body }) => body)) - chunks(sent.map(({ MessageBody }) => MessageBody)) };
  });
  return addUsage(...received, ...delivered);
}

const chunks = (bodies: readonly string[]): number => bodies.reduce((sum, body) => sum + chunksOf(bytesOf(body)), 0);

/** A batch is received with one request for each 64 KB, and deleted with one for each ten messages. */
function receivedUsage(records: readonly QueueRecord[] = []): Usage {
  const [first] = records;
  if (first?.eventSource !== 'aws:sqs') return {};
  const requests = chunksOf(records.reduce((bytes, { body }) => bytes + bytesOf(body), 0)) + Math.ceil(records.length / DELETED_TOGETHER);
  return { [first.eventSourceARN!.endsWith('.fifo') ? 'sqsFifoRequests' : 'sqsRequests']: requests };
}
