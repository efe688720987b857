import type { OrderEvent } from '../../../cli/console/console-api';
import { keyOf } from '../../model/event-filter';
import { formatDuration } from '../../model/format';
import { timelineSteps } from '../../model/timeline-steps';
import { Empty } from '../../parts/empty';
import { EventRow } from '../events/event-row';

/** The events of an order, the oldest first, with the times between them. */
export const OrderTimeline = ({ timeline }: { readonly timeline: readonly OrderEvent[] }) => (
  <section aria-labelledby="timeline-title">
    <h2 id="timeline-title">Timeline</h2>
    {timeline.length === 0
      ? <Empty>No events of this order are stored yet.</Empty>
      : (
        <ol class="events timeline">
          {timelineSteps(timeline).map(({ event, after }) => (
            <EventRow key={keyOf(event)} event={event} withoutOrder after={after === undefined ? undefined : `+${formatDuration(after)}`} />
          ))}
        </ol>
      )}
  </section>
);
