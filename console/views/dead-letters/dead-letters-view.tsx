import { useEffect, useRef, useState } from 'preact/hooks';
import { QueueSection } from './queue-section';
import { useRedrive } from './use-redrive';
import type { DeadLetterList } from '../../../cli/console/console-api';
import { request } from '../../api/request';
import { cameBack, subjectOf } from '../../model/came-back';
import { formatCount } from '../../model/format';
import { ActionButton } from '../../parts/action-button';
import { Icon } from '../../parts/icon';
import { LoadedContent } from '../../parts/loaded-content';
import { description, status } from '../../state/live';
import { useLoaded } from '../../state/use-loaded';

/** Messages that are being received by another reader are not listed: the list is read again after this time. */
const AGAIN_MS = 4000;
/** The server lists this many messages of a queue. */
const MAX_LISTED = 200;

const isIncomplete = ({ count, messages }: DeadLetterList['queues'][number]): boolean => messages.length < Math.min(count, MAX_LISTED);

/** The messages in the dead-letter queues. They are read again when their number changes: each list counts as one receive. */
export function DeadLettersView() {
  const load = (signal: AbortSignal) => request<DeadLetterList>('GET', 'dead-letters', undefined, signal);
  const loaded = useLoaded('dead-letters', load, (data) => (data?.queues.some(isIncomplete) ? AGAIN_MS : undefined));
  const count = status.value?.deadLettered;
  const counted = useRef(count);
  useEffect(() => {
    if (counted.current !== undefined && counted.current !== count) loaded.reload();
    counted.current = count;
  }, [count]);
  const [redriven, setRedriven] = useState<ReadonlySet<string>>(new Set());
  const messages = loaded.data?.queues.flatMap((queue) => queue.messages) ?? [];
  const redrive = useRedrive(messages, (moved) => {
    setRedriven((before) => new Set([...before, ...moved.map(subjectOf)]));
    loaded.reload();
  });
  const returned = cameBack(redriven, messages);
  const returnedIds = new Set(returned.map(({ messageId }) => messageId));
  return (
    <LoadedContent loaded={loaded} what="the dead-letter queues">
      {({ queues }) => {
        const full = queues.filter((queue) => queue.count > 0);
        return (
          <>
            <div class="actions">
              {full.length > 0 && description.value!.allowsChanges && (
                <ActionButton class="primary" isBusy={redrive.isBusy} onClick={() => redrive.start({})}>
                  {redrive.isBusy ? 'Redriving…' : 'Redrive all'}
                </ActionButton>
              )}
              <button type="button" onClick={loaded.reload}>Refresh</button>
              {full.length > 0 && !description.value!.allowsChanges && (
                <p class="hint">The console only reads: start it with <code>--allow-changes</code> to redrive.</p>
              )}
            </div>
            {full.length > 0 && (
              <p class="hint">
                Redrive messages when what made them fail is over. A message that is broken itself comes back: correct it where it was sent.
              </p>
            )}
            {redriven.size > 0 && <Returned count={returned.length} />}
            {full.length === 0 && <p class="empty"><Icon name="good" /> All {formatCount(queues.length, 'dead-letter queue')} are empty.</p>}
            {full.map((queue) => <QueueSection key={queue.queue} queue={queue} returned={returnedIds} redrive={redrive} />)}
            {full.length > 0 && full.length < queues.length && (
              <p class="hint">Empty: {queues.filter((queue) => queue.count === 0).map(({ queue }) => queue).join(', ')}.</p>
            )}
          </>
        );
      }}
    </LoadedContent>
  );
}

/** What came back after a redrive. */
const Returned = ({ count }: { readonly count: number }) => (
  <p class={`result-line ${count > 0 ? 'bad' : 'good'}`} role="status">
    <Icon name={count > 0 ? 'bad' : 'good'} />{count > 0 ? `${formatCount(count, 'redriven message')} came back` : 'No redriven message came back'}
  </p>
);
