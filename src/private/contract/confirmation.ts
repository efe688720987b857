/** What is decided about a pending order. */
export const CONFIRMATION_DECISION = {
  CONFIRM: 'CONFIRM',
  REJECT: 'REJECT',
} as const;
export type ConfirmationDecision = (typeof CONFIRMATION_DECISION)[keyof typeof CONFIRMATION_DECISION];

/** What a change does to a pending order. */
export const PENDING_CHANGE_POLICY = {
  /** The change is applied, and the order is decided anew. */
  RESTART: 'RESTART',
  /** The change is refused. */
  REFUSE: 'REFUSE',
} as const;
export type PendingChangePolicy = (typeof PENDING_CHANGE_POLICY)[keyof typeof PENDING_CHANGE_POLICY];

/** How orders are confirmed, in `CONFIRMATION` as JSON. Without it, every valid order is confirmed when it is stored. */
export interface ConfirmationSettings {
  /** How long an order is pending at most, in seconds. */
  readonly timeout: number;
  /** What is decided then. */
  readonly onTimeout: ConfirmationDecision;
  readonly onChange: PendingChangePolicy;
}
