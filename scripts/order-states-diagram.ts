/** Draws the life of an order from the data that the handlers run on. */
import { withGeneratedSection } from './generated-section';
import { COMMANDS, ORDER_STATES, type CommandType, type OrderStatus, type Transition } from '../handlers/shared/lifecycle/order-states';

const STATUSES = Object.keys(ORDER_STATES) as OrderStatus[];
const nameOf = (status: OrderStatus): string => (status === 'AWAITED' ? '[*]' : status);

/** What leads from one status to another, as a Mermaid diagram. */
function diagram(): string {
  const lines = STATUSES.flatMap((from) => Object.entries(ORDER_STATES[from]).flatMap(([command, transition]) =>
    (transition.kind === 'to' ? [`  ${nameOf(from)} --> ${nameOf(transition.status)}: ${label(command as CommandType)}`] : [])));
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

/** A command by what it is called where people see it. */
const label = (command: CommandType): string => (command === 'RejectOrder' ? 'PlaceOrder, breaking a rule' : command);

/** What every command does in every status. */
function table(): string {
  const commands = (Object.keys(COMMANDS) as CommandType[]).filter((command) => command !== 'RejectOrder');
  const rows = commands.map((command) => `| \`${command}\` | ${STATUSES.map((status) => cell(ORDER_STATES[status][command], command)).join(' | ')} |`);
  return [
    `| | no order yet | ${STATUSES.slice(1).map((status) => `\`${status}\``).join(' | ')} |`, `|---|${STATUSES.map(() => '---').join('|')}|`, ...rows,
  ].join('\n');
}

function cell(transition: Transition, command: CommandType): string {
  switch (transition.kind) {
    case 'to': return `→ \`${transition.status}\``;
    case 'wait': return 'waits for it';
    case 'repeat': return 'changes nothing';
    case 'keep': return '';
    case 'compare': return 'the same changes nothing, another is `DUPLICATE_ORDER_ID`';
    case 'refuse': return `\`${COMMANDS[command].refused}\`: \`${transition.code}\``;
  }
}

/** The README with the life of an order. */
export const withOrderStates = (readme: string): string => withGeneratedSection(readme, 'order-states', `${diagram()}\n\n${table()}`);
