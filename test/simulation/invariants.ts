import type { Account } from './account';
import { confirmationViolations } from './check-confirmations';
import { eventViolations } from './check-events';
import { exactlyOnceViolations } from './check-exactly-once';
import { fileViolations } from './check-files';
import { historyViolations } from './check-history';
import { orderViolations } from './check-orders';
import { placementViolations } from './check-placements';
import { skippedViolations, timeToLiveViolations } from './check-sequences';
import type { Clients } from './clients';
import { isNotRedrivable, reasonOf } from './messages';
import { keyOf, Observations, type Accepted } from './observations';
import type { FileAnswer } from './read-files';
import type { Scenario } from './scenario';

/** Holds whenever no request and no message is in flight: every accepted command is processed, pending, refused or in a dead-letter queue. */
export function checkConservation(account: Account, maySkip: boolean): string[] {
  const observations = new Observations(account);
  const lost = [...observations.accepted.values()].filter((command) => stateOf(command, observations) === undefined);
  return [
    ...lost.map(({ orderId, commandId }) => `conservation: command ${commandId} of ${orderId} is lost`),
    ...account.isStreamEmpty ? [] : ['conservation: the stream still has records'],
    ...exactlyOnceViolations(observations, maySkip),
  ];
}

/** The state of a command; undefined when it is lost. */
function stateOf(command: Accepted, { sequences, outcomes, item, account, deletedUpTo }: Observations): string | undefined {
  const record = sequences.get(command.orderId)?.find(({ commandId }) => commandId === command.commandId);
  const order = account.tables.OrdersTable.items.get(command.orderId) as ReturnType<typeof item>;
  if (record && record.sequence <= (deletedUpTo.get(command.orderId) ?? 0)) return 'processed';
  if (record && order) {
    if (order.pending && String(record.sequence) in order.pending) return 'pending';
    if (record.sequence <= order.sequence) return 'processed';
  }
  if (!command.command && outcomes.has(keyOf(command))) return 'refused';
  const isDeadLetter = account.deadLetterQueues.some(({ messages }) => messages.some(({ body }) => body.includes(`"${command.idInMessage}"`)));
  return isDeadLetter ? 'in a dead-letter queue' : undefined;
}

/** Holds at the end of a run, when all messages were redriven and no command is pending. */
export function checkEnd(account: Account, clients: Clients, scenario: Scenario, files: ReadonlyMap<string, FileAnswer>): string[] {
  const observations = new Observations(account);
  return [
    ...account.deadLetterQueues.filter(({ name }) => account.redriveRoutes.isRedrivable(name)).flatMap(({ name, messages }) =>
      messages.filter((message) => !isNotRedrivable(message))
        .map((message) => `dead-letter queues: ${name} has ${message.body.slice(0, 300)} (${reasonOf(message) ?? 'no reason'})`)),
    ...[...observations.accepted.values()].filter((command) => !['processed', 'refused'].includes(stateOf(command, observations)!))
      .map((command) => `end: command ${command.commandId} of ${command.orderId} is ${stateOf(command, observations) ?? 'lost'}`),
    ...responseViolations(observations, clients, scenario),
    ...orderViolations(observations, scenario),
    ...confirmationViolations(observations),
    ...eventViolations(observations),
    ...placementViolations(account),
    ...historyViolations(account),
    ...fileViolations(observations, scenario, files),
    ...timeToLiveViolations(account.tables),
    ...skippedViolations(observations),
  ];
}

/** Requests with response 202 were accepted, and requests with response 400 were not. */
function responseViolations({ accepted, account }: Observations, { responses }: Clients, { requests }: Scenario): string[] {
  const commands = [...account.ordersQueue.accepted, ...account.ordersQueue.repeated].filter((body) => !body.includes('poison-')).map((body) => JSON.parse(body) as Accepted);
  const found = new Set(commands.filter((command) => accepted.has(keyOf(command))).map(({ correlationId }) => correlationId));
  return [...responses].flatMap(([id, status]) => {
    const expected = requests.find((request) => request.id === id)!.kind === 'place malformed' ? 400 : 202;
    if (status >= 500) return [];
    if (status !== expected) return [`responses: the response to request ${id} is ${status}`];
    const isAccepted = found.has(`request-${id}`);
    return (status === 202) === isAccepted ? [] : [`responses: the response to request ${id} is ${status}, but its command was ${isAccepted ? '' : 'not '}accepted`];
  });
}
