import { isTimeout } from './check-exactly-once';
import type { Observations } from './observations';
import type { OrderItem } from '../../handlers/shared';

/** A pending order that was settled because nothing was decided in time. */
export interface Timeout {
  /** The sequence number of the last command before it. */
  readonly sequence: number;
  readonly decision: 'CONFIRM' | 'REJECT';
}

/** The timeouts of an order, in order. */
export const timeoutsOf = ({ account }: Observations, orderId: string): Timeout[] =>
  account.tables.OrdersTable.writes.flatMap(({ before, after }) => {
    const item = after as unknown as OrderItem | undefined;
    const wasPending = (before as unknown as OrderItem | undefined)?.status === 'PENDING';
    return item?.orderId === orderId && wasPending && isTimeout(item) ? [{ sequence: item.sequence, decision: item.confirmation!.decision! }] : [];
  });

/** Every pending order is settled: by a decision before its deadline, or by itself after it. */
export function confirmationViolations({ account }: Observations): string[] {
  const { writes, items } = account.tables.OrdersTable;
  const wrongTimes = writes.flatMap(({ before, after }) => {
    const [pending, settled] = [before, after] as unknown as (OrderItem | undefined)[];
    if (pending?.status !== 'PENDING' || !settled || settled.status === 'PENDING' || settled.status === 'CANCELLED') return [];
    // By the clock of the process that wrote it, which also compared it with the deadline.
    const late = Date.parse(settled.outcome!.at) - pending.confirmation!.until * 1000;
    if (isTimeout(settled) ? late >= 0 : late < 0) return [];
    return [`confirmation: ${settled.orderId} became ${settled.status} ${late} ms after its deadline${isTimeout(settled) ? ', by itself' : ''}`];
  });
  const pending = ([...items.values()] as unknown as OrderItem[]).filter(({ status }) => status === 'PENDING');
  return [...wrongTimes, ...pending.map(({ orderId }) => `confirmation: ${orderId} is still pending`)];
}
