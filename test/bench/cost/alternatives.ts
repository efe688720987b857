import { chunksOf, gigabytes, writeUnitsFor } from './sizes';
import { addUsage, type Usage } from './usage';

/** A design that is compared with a pipeline: what it does with an order, step by step. */
export interface Alternative {
  readonly name: string;
  readonly steps: readonly Step[];
}

interface Step {
  readonly what: string;
  readonly usage: Usage;
}

export const usageOf = ({ steps }: Alternative): Usage => addUsage(...steps.map(({ usage }) => usage));

/** How orders arrive. */
export type EntryPoint = 'REST' | 'HTTP API' | 'file';

const entryOf = (entryPoint: EntryPoint): Step => ({
  'REST': { what: 'a request to the REST API', usage: { restRequests: 1 } },
  'HTTP API': { what: 'a request to the HTTP API', usage: { httpRequests: 1 } },
  'file': { what: 'a thousandth of a file', usage: { s3Puts: 1 / 1000, s3Gets: 1 / 1000 } },
}[entryPoint]);

/** The least: what API Gateway, EventBridge and the write of the order cost alone. It can neither be redriven nor queried by customer. */
export const floorOf = (entryPoint: EntryPoint, orderBytes: number): Alternative => ({
  name: 'floor',
  steps: [
    entryOf(entryPoint),
    { what: 'one event', usage: { events: 1 } },
    { what: 'one write of the order without bookkeeping or indexes', usage: { writeUnits: writeUnitsFor(orderBytes) } },
  ],
});

/** Bytes that an item or an event has besides the order, as those of the pipeline. */
const BOOKKEEPING_BYTES = 520;
/** The bytes of a log line with Powertools' fields. */
const LOG_LINE_BYTES = 400;
/** START, END and REPORT. */
const PLATFORM_LOG_BYTES = 350;
const MEMORY_GB = 0.5;
/** A handler with idempotency waits for its own request and for two writes of the record, 15 ms each, and uses 8 ms of CPU. */
const HANDLER_SECONDS = 0.053;

const invocations = (count: number, seconds: number): Usage => ({ lambdaRequests: count, lambdaArmGbSeconds: count * seconds * MEMORY_GB });

/**
 * The same stages as public samples build them: each message has its own invocation, Powertools' idempotency guards each consumer, three log lines in
 * each handler, and indexes that project everything. Batches do not make it cheaper.
 */
export function naiveOf(entryPoint: EntryPoint, orderBytes: number, hasHistory: boolean): Alternative {
  const itemUnits = writeUnitsFor(orderBytes + BOOKKEEPING_BYTES);
  const events = hasHistory ? 2 : 0;
  const consumers = 2 + events;
  const handlers = (entryPoint === 'file' ? 0 : 1) + consumers + 1;
  return {
    name: 'naive design',
    steps: [
      entryOf(entryPoint),
      ...(entryPoint === 'file' ? [] : [{ what: 'the function of the API', usage: invocations(1, HANDLER_SECONDS / 2) }]),
      { what: 'a FIFO queue: send, receive, delete', usage: { sqsFifoRequests: 3 * chunksOf(orderBytes) } },
      { what: 'a queue for processing: deliver, receive, delete', usage: { sqsRequests: 3 } },
      { what: `${consumers} consumers, one invocation for each message`, usage: invocations(consumers, HANDLER_SECONDS) },
      { what: 'the consumer of the stream', usage: invocations(1, HANDLER_SECONDS / 2) },
      { what: `idempotency records: each of ${consumers} consumers puts and updates one`, usage: { writeUnits: 2 * consumers } },
      { what: 'the order in a table with two indexes that project everything', usage: { writeUnits: 3 * itemUnits } },
      { what: 'two events, archived', usage: { events: 2, archivedGb: gigabytes(2 * (orderBytes + BOOKKEEPING_BYTES)) } },
      ...(hasHistory ? [
        { what: 'the history: a queue, deliver, receive and delete of two events', usage: { sqsRequests: 3 * events } },
        { what: 'the history: two items, with an index that projects everything', usage: { writeUnits: 2 * events * itemUnits } },
      ] : []),
      { what: `logs of ${handlers} invocations: three lines and those of Lambda`, usage: { logGb: gigabytes(handlers * (3 * LOG_LINE_BYTES + PLATFORM_LOG_BYTES)) } },
    ],
  };
}
