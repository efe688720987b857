import type { Tone } from './tone';
import type { OrderTotals } from '../../cli/console/console-api';

/** The outcomes of orders, in the sequence of the counting equation. */
export const OUTCOMES = ['confirmed', 'repeated', 'rejected', 'pending', 'deadLettered'] as const;

export const OUTCOME_LABELS: Readonly<Record<(typeof OUTCOMES)[number], string>> = {
  confirmed: 'confirmed', repeated: 'repeated', rejected: 'rejected', pending: 'pending', deadLettered: 'dead-lettered',
};

/** The state of the counting equation, as a sentence. */
export function describeTotals({ pending, deadLettered, unaccounted }: OrderTotals): { readonly tone: Tone; readonly text: string } {
  if (unaccounted > 0) return { tone: 'bad', text: `${unaccounted} accepted ${unaccounted === 1 ? 'order has' : 'orders have'} no known outcome` };
  if (unaccounted < 0) return { tone: 'bad', text: `${-unaccounted} more ${unaccounted === -1 ? 'outcome' : 'outcomes'} than accepted orders` };
  // The equation itself holds.
  const waits = deadLettered === 1 ? 'order waits' : 'orders wait';
  if (deadLettered > 0) return { tone: 'bad', text: `${deadLettered} ${waits} in dead-letter queues; no order is lost` };
  if (pending > 0) return { tone: 'busy', text: `The equation holds; ${pending} ${pending === 1 ? 'order is' : 'orders are'} being processed` };
  return { tone: 'good', text: 'The equation holds: every accepted order has an outcome' };
}
