import type { Account } from './account';
import { eventViolations } from './check-events';
import { fileViolations } from './check-files';
import { historyViolations } from './check-history';
import { lifeViolations } from './check-life';
import { forgottenViolations, skippedViolations } from './check-lines';
import { onceViolations } from './check-once';
import type { Clients } from './clients';
import { Facts, keyOf, type Accepted } from './facts';
import { isHopeless, reasonOf } from './messages';
import type { Scenario } from './scenario';

/** What has to be so whenever nothing happens any more: every command that was accepted is somewhere. */
export function checkConservation(account: Account, maySkip: boolean): string[] {
  const facts = new Facts(account);
  const lost = [...facts.accepted.values()].filter((command) => whereIs(command, facts) === undefined);
  return [
    ...lost.map(({ orderId, commandId }) => `conservation: command ${commandId} of ${orderId} is nowhere`),
    ...account.isStreamEmpty ? [] : ['conservation: the stream is not at its end'],
    ...onceViolations(facts, maySkip),
  ];
}

/** Where a command is: it had its turn, it is parked, it was refused at once, or it is in a dead-letter queue. */
function whereIs(command: Accepted, { places, outcomes, item, account, forgotten }: Facts): string | undefined {
  const place = places.get(command.orderId)?.find(({ commandId }) => commandId === command.commandId);
  const order = account.tables.OrdersTable.items.get(command.orderId) as ReturnType<typeof item>;
  if (place && place.sequence <= (forgotten.get(command.orderId) ?? 0)) return 'done';
  if (place && order) {
    if (order.pending && String(place.sequence) in order.pending) return 'pending';
    if (place.sequence <= order.sequence) return 'done';
  }
  if (!command.ask && outcomes.has(keyOf(command))) return 'refused';
  const isDead = account.deadLetterQueues.some(({ messages }) => messages.some(({ body }) => body.includes(`"${command.givenId}"`)));
  return isDead ? 'dead letter' : undefined;
}

/** What has to be so at the very end, after everything was redriven and nothing waits any longer. */
export function checkEnd(account: Account, clients: Clients, scenario: Scenario): string[] {
  const facts = new Facts(account);
  return [
    ...account.deadLetterQueues.filter(({ name }) => account.redriveRoutes.isRedrivable(name)).flatMap(({ name, messages }) => messages.filter((message) => !isHopeless(message))
      .map((message) => `dead letters: ${name} holds ${message.body.slice(0, 300)} (${reasonOf(message) ?? 'no reason'})`)),
    ...[...facts.accepted.values()].filter((command) => !['done', 'refused'].includes(whereIs(command, facts)!))
      .map((command) => `end: command ${command.commandId} of ${command.orderId} is ${whereIs(command, facts) ?? 'nowhere'}`),
    ...answerViolations(facts, clients, scenario),
    ...lifeViolations(facts, scenario),
    ...eventViolations(facts),
    ...historyViolations(account),
    ...fileViolations(account, scenario),
    ...forgottenViolations(account.tables),
    ...skippedViolations(facts),
  ];
}

/** What was answered with 202 was accepted, and what was answered with 400 was not. */
function answerViolations({ accepted, account }: Facts, { answers }: Clients, { asks }: Scenario): string[] {
  const commands = [...account.ordersQueue.accepted, ...account.ordersQueue.repeated].filter((body) => !body.includes('poison-')).map((body) => JSON.parse(body) as Accepted);
  const known = new Set(commands.filter((command) => accepted.has(keyOf(command))).map(({ correlationId }) => correlationId));
  return [...answers].flatMap(([id, status]) => {
    const expected = asks.find((ask) => ask.id === id)!.kind === 'place malformed' ? 400 : 202;
    if (status >= 500) return [];
    if (status !== expected) return [`answers: ask ${id} was answered with ${status}`];
    return (status === 202) === known.has(`ask-${id}`) ? [] : [`answers: ask ${id} was answered with ${status}, but its command is ${status === 202 ? 'not ' : ''}there`];
  });
}
