/** The result of one message: its IDs, and the outcome, which is also the name of its metric. */
export interface Outcome {
  readonly outcome: string;
  readonly orderId?: string;
  readonly fileId?: string;
  readonly messageId?: string;
  readonly commandId?: string;
  readonly correlationId?: string;
  /** The reason for a failure: an error's name or a rejection code. */
  readonly reason?: string;
  /** `false` when another function counts this outcome, such as the consumer of the table's stream. */
  readonly isCounted?: false;
}
