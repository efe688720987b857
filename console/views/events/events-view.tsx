import { useState } from 'preact/hooks';
import { EventRow } from './event-row';
import { keyOf, matches, type EventFilter } from '../../model/event-filter';
import { eventPattern } from '../../model/event-pattern';
import { formatCount } from '../../model/format';
import { fragmentOf } from '../../model/route';
import { CopyButton } from '../../parts/copy-button';
import { Empty } from '../../parts/empty';
import { Field } from '../../parts/field';
import { description, events, eventsNote } from '../../state/live';
import { replaceFragment, route } from '../../state/location';

/** More would be too long to read. */
const MAX_SHOWN = 200;

/** The events as they are stored in the history, filtered by what is in the fragment. */
export function EventsView() {
  const filter: EventFilter = route.value.query;
  const [paused, setPaused] = useState<readonly (typeof events.value)[number][] | undefined>();
  const shown = (paused ?? events.value).filter((event) => matches(filter, event));
  const missed = paused ? events.value.filter((event) => matches(filter, event)).length - shown.length : 0;
  const isFiltered = Boolean(filter.type || filter.orderId || filter.tenant);
  if (!description.value!.hasHistory) return <Empty>The pipeline has no history: its prop <code>history</code> is false.</Empty>;
  return (
    <>
      <Filters filter={filter} />
      <div class="actions">
        <button type="button" onClick={() => setPaused(paused ? undefined : events.value)}>{paused ? 'Resume' : 'Pause'}</button>
        <CopyButton label="Copy as event pattern" what="the event pattern" text={JSON.stringify(eventPattern(filter), null, 2)} />
        <p class="hint" role="status">{paused ? `Paused: ${formatCount(Math.max(0, missed), 'new event')}` : formatCount(shown.length, 'event')}</p>
      </div>
      {eventsNote.value && <p class="hint">{eventsNote.value}</p>}
      {shown.length === 0
        ? <Empty>No events{isFiltered ? ' that the filter shows' : ' yet'}. They appear here when orders are placed.</Empty>
        : (
          <ol class="events" aria-label="Events, the newest one first">
            {shown.slice(0, MAX_SHOWN).map((event) => <EventRow key={keyOf(event)} event={event} />)}
          </ol>
        )}
      {shown.length > MAX_SHOWN && <p class="hint">The newest {MAX_SHOWN} of {formatCount(shown.length, 'event')}: filter them to see others.</p>}
    </>
  );
}

function Filters({ filter }: { readonly filter: EventFilter }) {
  const types = [...new Set([...events.value.map(({ type }) => type), ...(filter.type ? [filter.type] : [])])].sort();
  const options = [['', 'All types'] as const, ...types.map((type) => [type, type] as const)];
  const change = (changes: EventFilter) => replaceFragment(fragmentOf('events', undefined, { ...filter, ...changes }));
  return (
    <form class="filters" role="search" aria-label="Filter events" onSubmit={(event) => event.preventDefault()}>
      <Field label="Type" value={filter.type ?? ''} options={options} onInput={(type) => change({ type })} />
      <Field label="Order ID" value={filter.orderId ?? ''} onInput={(orderId) => change({ orderId: orderId.trim() })} />
      {description.value!.hasTenants && <Field label="Tenant" value={filter.tenant ?? ''} onInput={(tenant) => change({ tenant: tenant.trim() })} />}
    </form>
  );
}
