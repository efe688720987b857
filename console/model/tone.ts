/** How a state is shown: with a color, and with an icon for those who do not see it. */
export type Tone = 'good' | 'bad' | 'busy' | 'neutral';

const TONES: Readonly<Record<string, Tone>> = {
  CONFIRMED: 'good',
  FULFILLED: 'good',
  COMPLETED: 'good',
  ACCEPTED: 'good',
  SENT: 'good',
  REJECTED: 'bad',
  INVALID: 'bad',
  FAILED: 'bad',
  AWAITED: 'busy',
  RECEIVED: 'busy',
  VALIDATED: 'busy',
  EXTRACTING: 'busy',
  PENDING: 'busy',
  VALID: 'busy',
};

/** The tone of the status of an order or the state of a file. */
export const toneOf = (status: string): Tone => (Object.hasOwn(TONES, status) ? TONES[status] : 'neutral');

/** The tone of an event. */
export function toneOfEvent(type: string): Tone {
  if (/Rejected|Refused|Failed/.test(type)) return 'bad';
  if (/Confirmed|Fulfilled|Delivered|Shipped|Completed/.test(type)) return 'good';
  return /Requested|Validated|Redriven/.test(type) ? 'busy' : 'neutral';
}

/** A status in words. An order of a file that is valid and not stored has not been processed. */
export const statusText = (status: string): string => (status === 'VALID' ? 'not processed yet' : status.toLowerCase().replaceAll('_', ' '));
