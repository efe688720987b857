import { FakeConsole } from './fake-console';
import type { DeadLetter, FileDetails, OrderDetails, OrderEvent, PipelineDescription, PipelineStatus } from '../../cli/console/console-api';

/** Becomes an element that runs a script if a page shows it as HTML. */
export const HOSTILE = '<img src="x" onerror="window.attacked=1"><script>window.attacked=1</script>"\'&\u202E javascript:window.attacked=1';
const AT = '2026-11-27T12:00:00.000Z';

/** Starts a console whose every text is one that an attacker would write into an order, a file or an event. */
export async function startHostileConsole(): Promise<FakeConsole> {
  const console = await FakeConsole.start();
  return Object.assign(console, {
    description: hostileDescription(console.description),
    state: { ...console.state, deadLettered: 1, attention: [{ text: HOSTILE, view: 'orders' }], queues: { Dead: { visible: 1, inFlight: 0, delayed: 0 } } } satisfies PipelineStatus,
    found: [{ orderId: HOSTILE, status: HOSTILE, customerId: HOSTILE, total: 1, currency: HOSTILE, updatedAt: HOSTILE, reason: HOSTILE }],
    details: ORDER,
    fileDetails: FILE,
    deadLettered: { queues: [{ queue: HOSTILE, count: 1, redrivable: false, notRedrivable: HOSTILE, messages: [MESSAGE], hasMore: true }] },
    past: [EVENT],
  });
}

const hostileDescription = (description: PipelineDescription): PipelineDescription => ({
  ...description,
  stack: HOSTILE,
  pipeline: HOSTILE,
  hasTenants: true,
  resources: description.resources.map((each) => ({ ...each, label: `${each.label} ${HOSTILE}`, part: `${each.part} ${HOSTILE}`, physicalId: HOSTILE })),
  orderModel: { schema: { [HOSTILE]: HOSTILE }, example: { [HOSTILE]: HOSTILE } },
  missingPermissions: [HOSTILE],
});

const EVENT: OrderEvent = {
  eventId: HOSTILE,
  type: HOSTILE,
  at: HOSTILE,
  orderId: HOSTILE,
  tenant: HOSTILE,
  correlationId: HOSTILE,
  by: HOSTILE,
  reason: HOSTILE,
  detail: { [HOSTILE]: HOSTILE },
};

const MESSAGE: DeadLetter = {
  queue: HOSTILE, messageId: HOSTILE, orderId: HOSTILE, tenant: HOSTILE, correlationId: HOSTILE, age: 1, receiveCount: 1, reason: HOSTILE,
};

const ORDER: OrderDetails = {
  summary: { orderId: HOSTILE, tenant: HOSTILE, status: 'REJECTED', customerId: HOSTILE, version: 2, reason: HOSTILE },
  masked: false,
  order: { notes: HOSTILE, rejection: { code: HOSTILE, reason: HOSTILE, errors: [{ path: HOSTILE, code: HOSTILE, message: HOSTILE }] } },
  timeline: [EVENT],
  versions: [{ version: 1, at: AT, order: { notes: 'before' } }, { version: 2, at: AT, order: { notes: HOSTILE, [HOSTILE]: HOSTILE } }],
  pendingCommands: [{ command: HOSTILE, sequence: 1, until: HOSTILE }],
  deadLetters: [MESSAGE],
};

const FILE: FileDetails = {
  summary: { fileId: HOSTILE, key: HOSTILE, tenant: HOSTILE, state: 'COMPLETED', receivedAt: HOSTILE, sent: 1, counts: { total: 2, valid: 1, invalid: 1 }, outcomes: { [HOSTILE]: 1, confirmed: 1 } },
  reason: HOSTILE,
  errors: [{ line: 1, orderId: HOSTILE, path: HOSTILE, message: HOSTILE }],
  rejectedOrders: [{ orderId: HOSTILE, reason: HOSTILE }],
  hasReport: true,
};
