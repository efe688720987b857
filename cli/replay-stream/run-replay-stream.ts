import type { EventObject } from './event-objects';
import { findEventsBucket } from './find-events-bucket';
import { replayBatch } from './replay-batch';
import type { ReplayStreamCommandLine } from './replay-stream-command-line';
import { readEvents } from './streamed-event';
import { pack } from '../../handlers/shared/messaging/pack';
import type { CommandContext } from '../command-context';
import { EXIT_STATUS } from '../exit-status';
import { ProgressLine } from '../progress-line';

/** An invocation accepts 6 MB, and base64 enlarges the events by a third. */
const BATCH = { count: 100, bytes: 3_000_000 };

/** Runs `replay-stream` and returns its exit status. */
export async function runReplayStream(command: ReplayStreamCommandLine, context: CommandContext): Promise<number> {
  const { location, prefix, days, startAfter = '' } = command;
  const { listResources, eventObjects } = context.connect(location);
  const bucket = command.bucket ?? await findEventsBucket(location.stack!, listResources);
  const lists = await Promise.all(days.map((day) => eventObjects.list(bucket, `${prefix}events/day=${day}/`)));
  const objects = lists.flat().filter(({ key }) => key > startAfter);
  if (!command.execute) {
    context.print(`${describe(objects)} of ${days.join(', ')} would be replayed to ${location.functionName}. Add --execute to replay them.\n`);
    return EXIT_STATUS.SUCCESS;
  }
  return replayObjects(command, bucket, objects, context);
}

async function replayObjects(
  command: ReplayStreamCommandLine, bucket: string, objects: readonly EventObject[], context: CommandContext,
): Promise<number> {
  const { location, selection } = command;
  const { eventObjects, invoke } = context.connect(location);
  const target = { functionName: location.functionName!, invoke, clock: context.clock, interruption: context.catchInterruption() };
  const line = new ProgressLine(context);
  let [events, done] = [0, 0];
  const progress = () => `${events} events of ${done} of ${objects.length} objects replayed`;
  try {
    for (const { key } of objects) {
      if (target.interruption.aborted) return EXIT_STATUS.INCOMPLETE;
      line.update(progress);
      const source = `arn:aws:s3:::${bucket}/${key}`;
      const selected = readEvents(await eventObjects.readLines(bucket, key), selection, key);
      for (const batch of pack(selected, BATCH, (event) => Buffer.byteLength(event.line))) {
        if (target.interruption.aborted || !await replayBatch(batch, { ...target, source })) return EXIT_STATUS.INCOMPLETE;
        events += batch.length;
      }
      done += 1;
    }
    return EXIT_STATUS.SUCCESS;
  } finally {
    line.end();
    context.print(`${progress()}.\n${done < objects.length ? advice(objects[done - 1], command) : ''}`);
  }
}

const advice = (last: EventObject | undefined, { startAfter }: ReplayStreamCommandLine): string => {
  const key = last?.key ?? startAfter;
  return `Run the command again${key === undefined ? '' : ` with --start-after '${key}'`} to continue.\n`;
};

function describe(objects: readonly EventObject[]): string {
  const bytes = objects.reduce((sum, each) => sum + each.bytes, 0);
  return `${objects.length} objects (${bytes} bytes)`;
}
