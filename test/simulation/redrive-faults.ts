import { kindsOf, type Fault } from './faults';
import type { Random } from '../support/random';

const WAYS = ['orders', 'orders', 'stream', 'stream', 'processing', 'change', 'cancellation', 'fulfillment', 'history', 'files', 'valid-files'];
const PUT_BACK = 'put back';
/** What a redrive asks for; putting a message back is another request for each way. */
const REQUESTS = [
  PUT_BACK, PUT_BACK, PUT_BACK, 'GetQueueAttributes', 'ReceiveMessage', 'DeleteMessage', 'DeleteMessage', 'ChangeMessageVisibilityBatch', 'PutEvents', 'PutEvents',
];

/** Messages that have to be put back, and something that goes wrong when they are. */
export function redriveFaults(random: Random): Fault[] {
  const way = random.pick(WAYS);
  const isStream = way === 'stream';
  const request = random.pick(REQUESTS);
  const operation = request !== PUT_BACK ? request : isStream ? 'Invoke' : `SendMessage ${way}`;
  return [
    { site: isStream ? 'stream: record' : `${way}: receive`, kind: isStream ? 'unreadable' : 'given up', nth: 1 + random.below(4), times: random.pick([1, 2, 8]) },
    { site: `redrive-dead-letters: ${operation}`, kind: random.pick(kindsOf(operation)), nth: 1 + random.below(2), times: random.pick([1, 1, 2]) },
  ];
}
