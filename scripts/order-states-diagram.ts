/** Draws the states of an order from the table that the handlers use. */
import { withGeneratedSection } from './generated-section';
import { COMMANDS, ORDER_STATES, type CommandType, type OrderStatus, type Transition } from '../handlers/shared';

const STATUSES = Object.keys(ORDER_STATES) as OrderStatus[];
const nameOf = (status: OrderStatus): string => (status === 'AWAITED' ? '[*]' : status);

/** Draws the commands that lead from one status to another, as a Mermaid diagram. */
function diagram(): string {
  const lines = STATUSES.flatMap((from) => Object.entries(ORDER_STATES[from]).flatMap(([command, transition]) =>
    (transition.kind === 'to' ? transition.statuses.map((status) => `  ${nameOf(from)} --> ${nameOf(status)}: ${label(command as CommandType)}`) : [])));
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

/** `RejectOrder` is internal; clients see a `PlaceOrder` that breaks a rule. */
const label = (command: CommandType): string => (command === 'RejectOrder' ? 'PlaceOrder that breaks a rule' : command);

/** Lists the effect of every command in every status. */
function table(): string {
  const commands = (Object.keys(COMMANDS) as CommandType[]).filter((command) => command !== 'RejectOrder');
  const rows = commands.map((command) => `| \`${command}\` | ${STATUSES.map((status) => cell(ORDER_STATES[status][command], command)).join(' | ')} |`);
  return [
    `| | no order yet | ${STATUSES.slice(1).map((status) => `\`${status}\``).join(' | ')} |`, `|---|${STATUSES.map(() => '---').join('|')}|`, ...rows,
  ].join('\n');
}

function cell(transition: Transition, command: CommandType): string {
  switch (transition.kind) {
    case 'to': return `→ ${transition.statuses.map((status) => `\`${status}\``).join(' or ')}`;
    case 'wait': return 'pending until the order is placed';
    case 'repeat': return 'no change';
    case 'keep': return '';
    case 'compare': return 'no change if identical, else `OrderRejected`: `DUPLICATE_ORDER_ID`';
    case 'refuse': return `\`${COMMANDS[command].refused}\`: \`${transition.code}\``;
  }
}

/** Updates docs/changing-orders.md: the states of an order. */
export const withOrderStates = (document: string): string => withGeneratedSection(document, 'order-states', `${diagram()}\n\n${table()}`);
