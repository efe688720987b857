import type { Environment } from './lambda';
import { LATENCIES } from './latency';
import { sendWithRetries } from './send-with-retries';
import { write } from './table';
import type { CpuTime, Work, WorkContext } from './work';
import { chunkOf } from '../../handlers/shared/files/outcome-chunk';

/** From `record-outcomes.ts` of the handlers: conflicts with other writers of a chunk, and the pause after each. */
const MAX_CONFLICTS = 40;
const PAUSE = 5;

/** All chunks of a file are in one partition of the files table. */
const FILE = 0;
const CHUNK_WRITE = write('FilesTable');

/** The revisions of the chunks of a file. */
type Revisions = Map<number, number>;

/**
 * The work of `record-file-outcomes` with records about the orders of one file, whose numbers are their indexes: it reads and writes each chunk in
 * which they are, and again after another invocation has written it.
 */
export function fileOutcomesWork({ perInvocation, perMessage }: CpuTime, context: WorkContext): Work {
  const revisions: Revisions = new Map();
  return (environment, batch, end) => {
    context.world.clock.after(perInvocation + batch.length * perMessage, () => {
      const chunks = [...new Set(batch.map(({ order }) => chunkOf(order)))];
      let left = chunks.length;
      const failed = new Set<number>();
      for (const chunk of chunks) {
        recordInChunk(chunk, revisions, environment, context, (isRecorded) => {
          if (!isRecorded) failed.add(chunk);
          // The file's outcomes are recorded together.
          if (--left === 0) end(failed.size > 0 ? batch : []);
        });
      }
    });
  };
}

function recordInChunk(
  chunk: number, revisions: Revisions, environment: Environment, context: WorkContext, end: (isRecorded: boolean) => void, conflicts = 0,
): void {
  const { world: { clock, random }, tables } = context;
  const table = tables.get(CHUNK_WRITE.table)!;
  clock.after(conflicts === 0 ? LATENCIES.table.longestOf(1, random) : random.next() * PAUSE * Math.min(conflicts, 20), () => {
    const revision = revisions.get(chunk) ?? 0;
    sendWithRetries(context.world, environment, {
      items: [chunk],
      latency: LATENCIES.table,
      send: () => table.write(FILE, CHUNK_WRITE),
      end: (throttled) => {
        if (throttled.length > 0) return end(false);
        if ((revisions.get(chunk) ?? 0) === revision) {
          revisions.set(chunk, revision + 1);
          return end(true);
        }
        if (conflicts === MAX_CONFLICTS) return end(false);
        recordInChunk(chunk, revisions, environment, context, end, conflicts + 1);
      },
    });
  });
}
