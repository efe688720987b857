/** `detail` of an event on the bus. */
export interface Detail {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- other systems may say anything
  readonly metadata?: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- other systems may say anything
  readonly data?: any;
}

/** An event that the bus took. */
export interface PublishedEvent {
  /** EventBridge's own. */
  readonly id: string;
  readonly type: string;
  readonly detail: Detail;
  readonly text: string;
}

/** The rules of `src`: which events go into which queue. */
export const RULES: readonly { readonly queue: string; readonly matches: (published: PublishedEvent) => boolean }[] = [
  { queue: 'processing', matches: ({ type }) => type === 'OrderValidated' },
  { queue: 'processing', matches: ({ type, detail }) => type === 'OrderRejected' && ['INVALID_ORDER', 'REJECTED_BY_HOOK'].includes(detail.data?.code) },
  { queue: 'change', matches: ({ type }) => type === 'OrderChangeRequested' },
  { queue: 'cancellation', matches: ({ type }) => type === 'OrderCancellationRequested' },
  { queue: 'fulfillment', matches: ({ type }) => type === 'OrderFulfilled' },
  { queue: 'history', matches: ({ detail }) => detail.metadata?.orderId !== undefined },
];
