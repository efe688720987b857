import { formatCount, formatDuration } from './format';
import type { Tone } from './tone';
import type { PipelineResource, PipelineStatus, QueueStatus } from '../../cli/console/console-api';

/** What the picture shows of a resource. */
export interface ResourceState {
  readonly tone: Tone;
  /** In a few words; empty for a resource without numbers. */
  readonly text: string;
  readonly deadLetters: number;
  /** Whether messages go through it now. */
  readonly isBusy: boolean;
}

/** Reads the state of a resource from the status of the pipeline. */
export function resourceState(resource: PipelineResource, status: PipelineStatus | undefined): ResourceState {
  const queue = status?.queues[resource.id];
  const errors = status?.functionErrors[resource.id];
  const { deadLetterQueue } = resource;
  const own = status?.queues[deadLetterQueue?.id ?? ''] ?? status?.queues[deadLetterQueue?.name ?? ''];
  const deadLetters = own ? totalIn(own) : 0;
  const isDeadLetterQueue = /dead-letter queue$/.test(resource.label);
  return {
    tone: deadLetters > 0 || (errors ?? 0) > 0 || (isDeadLetterQueue && queue && totalIn(queue) > 0) ? 'bad' : 'neutral',
    text: queue ? queueText(queue) : errors ? formatCount(errors, 'error') : '',
    deadLetters,
    isBusy: queue !== undefined && queue.visible + queue.inFlight > 0,
  };
}

const totalIn = ({ visible, inFlight, delayed }: QueueStatus): number => visible + inFlight + delayed;

/** The messages in a queue, in words. */
export function queueText(queue: QueueStatus): string {
  const { visible, inFlight, delayed, oldestMessageAge } = queue;
  if (totalIn(queue) === 0) return 'empty';
  const counts = [[visible, 'waiting'], [inFlight, 'in flight'], [delayed, 'delayed']] as const;
  const age = oldestMessageAge === undefined ? [] : [`oldest ${formatDuration(oldestMessageAge)}`];
  return [...counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`), ...age].join(' · ');
}
