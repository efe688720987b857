import { signal } from '@preact/signals';
import type { Tone } from '../model/tone';

/** What an action led to. */
export interface Notice {
  readonly id: number;
  readonly tone: Tone;
  readonly text: string;
  readonly lines?: readonly string[];
  readonly link?: { readonly href: string; readonly text: string };
}

export const notices = signal<readonly Notice[]>([]);
let next = 1;

/** Shows what an action led to, and has screen readers say it. The last three are shown. */
export function notify(notice: Omit<Notice, 'id'>): void {
  notices.value = [...notices.value.slice(-2), { ...notice, id: next++ }];
}

export const dismiss = (id: number): void => { notices.value = notices.value.filter((notice) => notice.id !== id); };
