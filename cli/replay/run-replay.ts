import type { EventArchive, EventReplays, Replay } from './event-replays';
import { findArchive } from './find-archive';
import { followReplay } from './follow-replay';
import { formatReplay, formatReplays } from './format-replays';
import type { ReplayAction, ReplayCommandLine } from './replay-command-line';
import { selectRules } from './select-rules';
import type { CommandContext } from '../command-context';
import { EXIT_STATUS } from '../exit-status';

type Start = Extract<ReplayAction, { name: 'start' }>;

/** Runs `replay` and returns its exit status. */
export async function runReplay({ location, archive: given, action, json }: ReplayCommandLine, context: CommandContext): Promise<number> {
  const { listResources, replays } = context.connect(location);
  const archive = await replays.describeArchive(given ?? await findArchive(location.stack!, listResources));
  const show = <Answer>(answer: Answer, format: (answer: Answer) => string) =>
    context.print(json ? `${JSON.stringify(answer, undefined, 2)}\n` : format(answer));
  if (action.name === 'list') {
    show(await replays.list(archive.arn), formatReplays);
    return EXIT_STATUS.SUCCESS;
  }
  const replay = await followReplay(await start(action, archive, replays, context), replays, context);
  show(replay, formatReplay);
  return statusOf(replay);
}

async function start(
  { from, to, rules: names }: Start, archive: EventArchive, replays: EventReplays, { clock, printError }: CommandContext,
): Promise<Replay> {
  const rules = selectRules(await replays.listRules(archive.busArn), names);
  const name = replayName(archive.name, new Date(clock.now()));
  await replays.start({ name, archive, from, to, rules });
  printError(`Started the replay ${name} to ${rules.map((rule) => rule.name).join(', ')}.\n`);
  return { name, state: 'STARTING', from, to };
}

const MAX_NAME_LENGTH = 64;

/** A unique name: the end of the archive's, and the time. */
function replayName(archive: string, now: Date): string {
  const time = now.toISOString().replace(/[-:.]/g, '');
  return `${archive.slice(-(MAX_NAME_LENGTH - time.length - 1))}-${time}`;
}

function statusOf({ state }: Replay): number {
  if (state === 'COMPLETED') return EXIT_STATUS.SUCCESS;
  return state === 'FAILED' || state === 'CANCELLED' ? EXIT_STATUS.FAILURE : EXIT_STATUS.INCOMPLETE;
}
