import { withTenant } from '../../handlers/shared/orders/order-identity';
import type { ListedMessage } from '../../handlers/shared/redrive/redrive-response';
import { formatAge } from '../age';

const STATES: Record<ListedMessage['state'], string> = {
  LISTED: 'listed', WOULD_MOVE: 'would be moved', FAILED: 'failed', NOT_ATTEMPTED: 'not attempted', NOT_REDRIVABLE: 'not redrivable',
};

const HEADING = ['', 'ORDER OR FILE', 'TYPE', 'CORRELATION ID', 'AGE', 'RECEIVED', 'REASON'];

/** Formats messages as the lines of a table. */
export function messageTable(messages: readonly ListedMessage[]): string[] {
  if (messages.length === 0) return [];
  const rows = [HEADING, ...messages.map(cells)];
  const widths = HEADING.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}`);
}

const cells = ({ state, orderId, tenant, fileId, type, correlationId, age, receiveCount, reason, stateReason }: ListedMessage): string[] => [
  STATES[state], (orderId && withTenant(tenant, orderId)) ?? fileId ?? '?', type ?? '?', correlationId ?? '?', formatAge(age), String(receiveCount),
  printable(stateReason ? `${reason} (${stateReason})` : reason),
];

/** Replaces line breaks and control characters: a reason may contain any text, terminal escape sequences included. */
const printable = (text: string): string => text.replace(/[^\x20-\x7E\xA0-\uFFFF]+/g, ' ');
