import { signal } from '@preact/signals';
import type { ConsoleProblem, EventList, OrderEvent, PipelineDescription, PipelineStatus } from '../../cli/console/console-api';
import { followUpdates } from '../api/follow-updates';
import { problemOf, request } from '../api/request';
import { withNewEvents } from '../model/event-filter';

/** The pipeline; undefined until it is read. */
export const description = signal<PipelineDescription | undefined>(undefined);
export const status = signal<PipelineStatus | undefined>(undefined);
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');
/** Why the pipeline, or its status, cannot be read. */
export const problem = signal<ConsoleProblem | undefined>(undefined);
/** The latest events, the newest one first. */
export const events = signal<readonly OrderEvent[]>([]);
export const eventsNote = signal<string | undefined>(undefined);

/** Events that have arrived and are not shown: a page that draws each one of fifty a second would be slow. */
let arrived: OrderEvent[] = [];
const SHOW_EVERY_MS = 200;

function show(): void {
  events.value = withNewEvents(events.value, arrived);
  arrived = [];
}

function receive(event: OrderEvent): void {
  if (arrived.push(event) === 1) setTimeout(show, SHOW_EVERY_MS);
}

/** Reads the pipeline and follows its updates, as long as the page is open. */
export function startLive(): void {
  void followUpdates({
    onOpen: () => {
      connection.value = 'open';
      void read();
    },
    onEvent: ({ event, data }) => {
      if (event === 'status') [status.value, problem.value] = [JSON.parse(data) as PipelineStatus, undefined];
      if (event === 'problem') problem.value = JSON.parse(data) as ConsoleProblem;
      if (event === 'order-event') receive(JSON.parse(data) as OrderEvent);
    },
    onLost: (cause) => [connection.value, problem.value] = ['lost', cause],
  });
}

/** Events can be missed while there is no connection: the list is read again. */
async function read(): Promise<void> {
  try {
    description.value = await request<PipelineDescription>('GET', 'pipeline');
    const { events: known, note } = await request<EventList>('GET', 'events');
    events.value = withNewEvents(events.value, [...known].reverse());
    eventsNote.value = note;
    // Permissions are known to be missing when something was read.
    description.value = await request<PipelineDescription>('GET', 'pipeline');
  } catch (error) {
    problem.value = problemOf(error);
  }
}
