import { faultKindsOf, type Fault } from './faults';
import { STREAM_NAMES } from './stream';
import type { Random } from '../support/random';

const STREAMS: readonly string[] = Object.values(STREAM_NAMES);
const SOURCES = [
  'OrdersQueue', 'OrdersQueue', ...STREAMS, ...STREAMS,
  'PlacementQueue', 'ProcessingQueue', 'ChangeQueue', 'CancellationQueue', 'FulfillmentQueue', 'HistoryQueue', 'FilesQueue', 'ValidFilesQueue',
];
const REDRIVE = 'redrive';
/** The requests of `redrive-dead-letters`; the redrive itself is another request for each source. */
const REQUESTS = [
  REDRIVE, REDRIVE, REDRIVE, 'GetQueueAttributes', 'ReceiveMessage', 'DeleteMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch', 'PutEvents', 'PutEvents',
];

/** Three attempts of a batch fail for good. */
const TIMES = [1, 1, 2, 3, 3, 6];

/** Messages in a dead-letter queue, and a fault of their redrive. */
export function redriveFaults(random: Random): Fault[] {
  const source = random.pick(SOURCES);
  const isStream = STREAMS.includes(source);
  const request = random.pick(REQUESTS);
  const operation = request !== REDRIVE ? request : isStream ? 'Invoke' : `SendMessageBatch ${source}`;
  return [
    {
      site: isStream ? `${source}: record` : `${source}: receive`,
      kind: isStream ? 'unreadable' : 'moved to the dead-letter queue',
      nth: 1 + random.below(4),
      times: random.pick([1, 2, 8]),
    },
    { site: `redrive-dead-letters: ${operation}`, kind: random.pick(faultKindsOf(operation)), nth: 1 + random.below(2), times: random.pick(TIMES) },
  ];
}
