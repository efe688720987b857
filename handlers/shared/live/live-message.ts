import type { LiveEventView } from './live-event';
import type { LivePosition } from './live-position';
import type { LiveTarget } from './live-target';
import { MAX_LIVE_MESSAGE_BYTES } from '../../../src/private/contract';
import type { Problem } from '../http/problem';

/** A message to a client. */
export type LiveMessage = Readonly<Record<string, unknown>> & { readonly type: 'subscribed' | 'unsubscribed' | 'event' | 'pong' | 'error' };

/** An event of a target. */
export const eventMessage = (target: LiveTarget, id: LivePosition, event: LiveEventView): LiveMessage =>
  fitted({ type: 'event', ...target, id, event }, 'event', ['data', 'facts']);

/** The state of a target from now on. `resumed` is whether all events since the client's last one were sent before. */
export const subscribedMessage = (
  target: LiveTarget, id: LivePosition, state: Readonly<Record<string, unknown>> | null,
  reply: { readonly resumed?: boolean; readonly requestId?: string },
): LiveMessage => fitted({ type: 'subscribed', ...target, id, state, ...reply }, 'state', ['order', 'errors', 'rejection', 'items']);

/** A problem as a message, with the target and ID of the request. It has the members of a problem response of the API. */
export function errorMessage(
  problem: Problem, correlationId: string, { target, requestId }: { readonly target?: LiveTarget; readonly requestId?: string } = {},
): LiveMessage {
  return { ...problem.toBody(correlationId), type: 'error', code: problem.code, ...target, ...(requestId === undefined ? {} : { requestId }) };
}

/** Leaves fields of a member out, one after the other, until the message is not too large. `truncated` then lists them. */
function fitted(message: LiveMessage, member: 'event' | 'state', omittable: readonly string[]): LiveMessage {
  let fitting = message;
  const truncated: string[] = [];
  for (const field of omittable) {
    if (bytesOf(fitting) <= MAX_LIVE_MESSAGE_BYTES) break;
    const contents = fitting[member] as Readonly<Record<string, unknown>>;
    if (contents[field] === undefined) continue;
    truncated.push(field);
    fitting = { ...message, [member]: withoutFields(message[member] as object, truncated), truncated };
  }
  return fitting;
}

const bytesOf = (message: LiveMessage): number => Buffer.byteLength(JSON.stringify(message));

const withoutFields = (contents: object, fields: readonly string[]): object =>
  Object.fromEntries(Object.entries(contents).filter(([name]) => !fields.includes(name)));
