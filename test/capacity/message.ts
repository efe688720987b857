/** A message of a queue, or a record of a stream: what it is about, and how often it was received. */
export interface Message {
  readonly order: number;
  /** The message group of a FIFO queue. */
  readonly group: number;
  readonly sentAt: number;
  firstReceivedAt: number;
  receives: number;
}

export const messageOf = (order: number, sentAt: number, group = order): Message => ({ order, group, sentAt, firstReceivedAt: -1, receives: 0 });
