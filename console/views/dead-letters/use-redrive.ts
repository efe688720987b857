import { useState } from 'preact/hooks';
import type { DeadLetter, RedriveOutcome, RedriveSelection } from '../../../cli/console/console-api';
import { problemOf, request } from '../../api/request';
import { formatCount } from '../../model/format';
import { confirmed } from '../../state/confirmation';
import { notify } from '../../state/notices';

export interface Redrive {
  readonly isBusy: boolean;
  /** Asks for a confirmation, and redrives. */
  readonly start: (selection: RedriveSelection) => Promise<void>;
}

/** Redrives messages, and reports what became of them. */
export function useRedrive(messages: readonly DeadLetter[], onMoved: (moved: readonly DeadLetter[]) => void): Redrive {
  const [isBusy, setBusy] = useState(false);
  const start = async (selection: RedriveSelection) => {
    const { messageIds, queue } = selection;
    const selected = messages.filter((message) => (queue ?? message.queue) === message.queue && (messageIds?.includes(message.messageId) ?? true));
    const all = queue ? `all messages of ${queue}` : 'all messages';
    const what = messageIds ? formatCount(messageIds.length, 'message') : all;
    const text = 'They go back to where they came from, and are processed again. End the cause first: otherwise they come back.';
    if (!await confirmed({ title: `Redrive ${what}?`, text, action: `Redrive ${what}` })) return;
    setBusy(true);
    try {
      const { moved, failed, remaining, notes } = await request<RedriveOutcome>('POST', 'dead-letters/redrive', selection);
      const others = [...(failed > 0 ? [`${failed} failed`] : []), ...(remaining > 0 ? [`${remaining} left`] : [])];
      const counts = [`${formatCount(moved, 'message')} redriven`, ...others];
      notify({ tone: moved === 0 || failed > 0 ? 'bad' : 'good', text: counts.join(', '), lines: notes });
      if (moved > 0) onMoved(selected);
    } catch (error) {
      const { title, detail } = problemOf(error);
      notify({ tone: 'bad', text: title, ...(detail ? { lines: [detail] } : {}) });
    }
    setBusy(false);
  };
  return { isBusy, start };
}
