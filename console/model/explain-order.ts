import type { OrderDetails, OrderEvent } from '../../cli/console/console-api';

/** Why an order is in its state, for someone who does not know the codes. */
export interface Explanation {
  readonly text: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

const CAUSES: Readonly<Record<string, string>> = {
  INVALID_ORDER: 'The order breaks the rules listed below. Fix it, and place it again under the same ID.',
  REJECTED_BY_HOOK: 'The validation hook of the app did not accept the order.',
  DUPLICATE_ORDER_ID: 'Another order with the same ID and other contents was placed before.',
  NOT_CHANGEABLE: 'The order should change the stored one with its ID, which is not possible any more.',
  NOT_CONFIRMED: 'The order waited for a confirmation, and it was decided to reject it.',
  CONFIRMATION_TIMED_OUT: 'The order waited for a confirmation, and nothing was decided in time.',
  EXPIRED: 'An earlier command of the same order did not arrive in time.',
};

/** Explains an order that was rejected, that waits or that is in a dead-letter queue. Undefined for one that needs no explanation. */
export function explainOrder({ summary, order, timeline, deadLetters, pendingCommands }: OrderDetails): Explanation | undefined {
  if (summary.status === 'REJECTED') return explainRejection(summary.reason, order, timeline);
  if (summary.status === 'CANCELLED') return explainCancellation(timeline);
  if (deadLetters.length > 0) {
    const [{ queue, reason }] = deadLetters;
    return { text: `A message about this order is in the dead-letter queue "${queue}": ${reason}`, errors: [] };
  }
  if (pendingCommands.length > 0) return { text: 'Commands about this order wait for an earlier one.', errors: [] };
  if (summary.status === 'AWAITED') return { text: 'Events about this order are known, but the order itself is not stored.', errors: [] };
  return undefined;
}

function explainRejection(code: string | undefined, order: Readonly<Record<string, unknown>>, timeline: readonly OrderEvent[]): Explanation {
  const event = timeline.findLast(({ type }) => type === 'OrderRejected');
  const stored = (order.rejection ?? dataOf(event)) as { readonly code?: unknown; readonly reason?: unknown; readonly errors?: unknown } | undefined;
  const given = code ?? event?.reason?.split(':')[0] ?? shownText(stored?.code);
  const reason = shownText(stored?.reason);
  const cause = (Object.hasOwn(CAUSES, given ?? '') ? CAUSES[given!] : undefined) ?? `The order was rejected${reason ? `: ${reason}` : ''}.`;
  return { text: `${cause}${given ? ` (${given})` : ''}`, errors: errorsIn(stored?.errors) };
}

/** Why an order was cancelled, as its last step that failed or the cancellation states. */
function explainCancellation(timeline: readonly OrderEvent[]): Explanation {
  const failed = timeline.findLast(({ type }) => type === 'OrderWorkflowStepFailed');
  if (failed) return { text: `The order was cancelled because a step of its workflow failed: ${[failed.about, failed.reason].filter(Boolean).join(', ')}.`, errors: [] };
  const reason = shownText((dataOf(timeline.findLast(({ type }) => type === 'OrderCancelled')) as { readonly reason?: unknown } | undefined)?.reason);
  return { text: `The order was cancelled${reason ? `: ${reason}` : ''}.`, errors: [] };
}

const dataOf = (event: OrderEvent | undefined): object | undefined => (event?.detail as { readonly data?: object } | undefined)?.data;

function errorsIn(errors: unknown): Explanation['errors'] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: { readonly path?: unknown; readonly code?: unknown; readonly message?: unknown }) =>
    ({ path: shownText(error?.path) ?? '', message: shownText(error?.message) ?? shownText(error?.code) ?? '' }));
}

/** Masked values say nothing. */
const shownText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' && value !== '•••' ? value : undefined);
