/** The metadata of an event that starts a workflow. */
export const TRIGGER_METADATA = {
  eventId: 'event-1',
  eventType: 'OrderConfirmed',
  schemaVersion: 1,
  orderId: 'order-1',
  version: 1,
  commandId: 'command-1',
  sequence: 1,
  correlationId: 'correlation-1',
  causationId: 'command-1',
  occurredAt: '2026-01-31T12:00:00.000Z',
  channel: 'api',
  pipeline: 'shop',
};

/** What a state of a workflow sends to open a task. */
export const taskInput = (changes: Record<string, unknown> = {}) => ({
  taskToken: 'token-1',
  task: 'Ship',
  workflow: 'Fulfillment',
  execution: 'order-1-0123',
  timeout: 3600,
  reminders: [60, 7200],
  metadata: TRIGGER_METADATA,
  facts: { currency: 'EUR', total: 4129 },
  ...changes,
});
