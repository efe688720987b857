import type { OrderEvent } from '../../cli/console/console-api';

/** An event of an order with the time since the one before. */
export interface TimelineStep {
  readonly event: OrderEvent;
  /** Seconds since the previous event; undefined for the first one. */
  readonly after?: number;
}

/** Adds the times between events, the oldest of which is first. */
export const timelineSteps = (timeline: readonly OrderEvent[]): TimelineStep[] => timeline.map((event, index) => {
  const previous = timeline[index - 1];
  return { event, ...(previous ? { after: Math.max(0, (Date.parse(event.at) - Date.parse(previous.at)) / 1000) } : {}) };
});
