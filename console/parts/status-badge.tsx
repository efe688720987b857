import { Icon } from './icon';
import { statusText, toneOf, type Tone } from '../model/tone';

/** The status of an order or the state of a file. */
export const StatusBadge = ({ status, tone = toneOf(status) }: { readonly status: string; readonly tone?: Tone }) => (
  <span class={`badge ${tone}`}><Icon name={tone} />{statusText(status)}</span>
);
