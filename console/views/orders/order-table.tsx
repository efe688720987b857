import { useEffect, useState } from 'preact/hooks';
import type { ConsoleProblem, OrderList, OrderSummary } from '../../../cli/console/console-api';
import { problemOf, request, withQuery } from '../../api/request';
import { formatAmount, formatCount } from '../../model/format';
import { Empty } from '../../parts/empty';
import { OrderLink } from '../../parts/order-link';
import { ProblemBox } from '../../parts/problem-box';
import { StatusBadge } from '../../parts/status-badge';
import { Time } from '../../parts/time';
import { VirtualTable, type Column } from '../../parts/virtual-table';

type Search = Readonly<Record<string, string | undefined>>;

interface Pages {
  readonly key: string;
  readonly orders: readonly OrderSummary[];
  readonly cursor?: string;
  readonly isComplete?: boolean;
}

const COLUMNS: readonly Column<OrderSummary>[] = [
  {
    title: 'Order',
    // An invalid order of a file is not stored.
    cell: ({ orderId, tenant, status }) => (status === 'INVALID' ? orderId : <OrderLink orderId={orderId} tenant={tenant} />),
  },
  { title: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
  { title: 'Reason', kind: 'reason', cell: ({ reason }) => reason ?? '' },
  { title: 'Customer', kind: 'wide', cell: ({ customerId }) => customerId ?? '' },
  { title: 'Total', kind: 'number wide', cell: ({ total, currency }) => (total === undefined ? '' : formatAmount(total, currency)) },
  { title: 'Updated', kind: 'wide', cell: ({ updatedAt }) => updatedAt && <Time at={updatedAt} /> },
];

/** The orders that a search finds, page by page. */
export function OrderTable({ search }: { readonly search: Search }) {
  const key = JSON.stringify(search);
  const [pages, setPages] = useState<Pages>({ key, orders: [] });
  const [problem, setProblem] = useState<ConsoleProblem | undefined>();
  const load = async (before: Pages) => {
    setProblem(undefined);
    try {
      const { orders, cursor } = await request<OrderList>('GET', withQuery('orders', { ...search, cursor: before.cursor }));
      const next = { key, orders: [...before.orders, ...orders], ...(cursor ? { cursor } : { isComplete: true }) };
      setPages((current) => (current.key === key ? next : current));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  useEffect(() => {
    const empty = { key, orders: [] };
    setPages(empty);
    void load(empty);
  }, [key]);
  const { orders, cursor, isComplete } = pages;
  return (
    <div class="stack">
      {problem && <ProblemBox problem={problem} onRetry={() => load(pages)} />}
      {orders.length === 0 && isComplete && <Empty>No order is found.</Empty>}
      {orders.length === 0 && !isComplete && !problem && <p class="loading" role="status">Searching…</p>}
      {orders.length > 0 && (
        <VirtualTable label="Orders found" rows={orders} columns={COLUMNS.filter((column) => isUsed(column, orders))} keyOf={keyOf} />
      )}
      {orders.length > 0 && (
        <div class="actions">
          <p class="hint" role="status">{formatCount(orders.length, 'order')}{cursor ? ' so far' : ''}</p>
          {cursor && <button type="button" onClick={() => load(pages)}>More orders</button>}
        </div>
      )}
    </div>
  );
}

const keyOf = ({ orderId, tenant }: OrderSummary): string => `${tenant ?? ''}/${orderId}`;

/** Whether a column has something in it. */
const isUsed = ({ title, cell }: Column<OrderSummary>, orders: readonly OrderSummary[]): boolean =>
  !['Reason', 'Customer', 'Total', 'Updated'].includes(title) || orders.slice(0, 500).some((order) => cell(order));
