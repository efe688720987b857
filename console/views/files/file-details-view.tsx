import { useState } from 'preact/hooks';
import { FileProgressBar } from './file-list';
import type { FileDetails } from '../../../cli/console/console-api';
import { download, problemOf, request } from '../../api/request';
import { fileProgress } from '../../model/file-progress';
import { formatBytes, formatCount } from '../../model/format';
import { fragmentOf } from '../../model/route';
import { ActionButton } from '../../parts/action-button';
import { Icon } from '../../parts/icon';
import { LoadedContent } from '../../parts/loaded-content';
import { OrderLink } from '../../parts/order-link';
import { StatusBadge } from '../../parts/status-badge';
import { Time } from '../../parts/time';
import { status } from '../../state/live';
import { notify } from '../../state/notices';
import { useLoaded } from '../../state/use-loaded';
import { OrderTable } from '../orders/order-table';

/** One file, read again until all of its orders have an outcome. */
export function FileDetailsView({ fileId }: { readonly fileId: string }) {
  const loaded = useLoaded(fileId, (signal) => request<FileDetails>('GET', `files/${encodeURIComponent(fileId)}`, undefined, signal),
    (data) => (data && fileProgress(data.summary).isDone ? undefined : 1000));
  return (
    <>
      <p class="back"><a href="#/files">All files</a></p>
      <LoadedContent loaded={loaded} what="the file">{(file) => <Contents file={file} />}</LoadedContent>
    </>
  );
}

function Contents({ file }: { readonly file: FileDetails }) {
  const { summary, reason, hasReport, errors, rejectedOrders } = file;
  // Outcomes that change are read again.
  const turn = fileProgress(summary).isDone ? 'done' : String(Math.floor(fileProgress(summary).share * 10));
  return (
    <>
      <div class="summary">
        <h2 class="id">{summary.key}</h2>
        <p role="status"><StatusBadge status={summary.state} /></p>
        <dl>
          <div><dt>Received</dt><dd><Time at={summary.receivedAt} /></dd></div>
          {summary.size !== undefined && <div><dt>Size</dt><dd>{formatBytes(summary.size)}</dd></div>}
          {summary.counts && <div><dt>Orders</dt><dd>{summary.counts.total}, {summary.counts.invalid} of them invalid</dd></div>}
          {summary.tenant && <div><dt>Tenant</dt><dd>{summary.tenant}</dd></div>}
          <div><dt>File ID</dt><dd><code>{summary.fileId}</code></dd></div>
        </dl>
      </div>
      <FileProgressBar file={summary} />
      {reason && <div class="box bad"><Icon name="bad" /><strong>{reason}</strong></div>}
      {hasReport && <ReportButton fileId={summary.fileId} />}
      {(summary.outcomes?.pending ?? 0) > 0 && <WaitingOrders />}
      <RejectedOrders orders={rejectedOrders} tenant={summary.tenant} />
      <LineErrors errors={errors} />
      {hasReport && (
        <section aria-labelledby="file-orders">
          <h2 id="file-orders">All orders of the file</h2>
          <OrderTable key={turn} search={{ fileId: summary.fileId }} />
        </section>
      )}
    </>
  );
}

function ReportButton({ fileId }: { readonly fileId: string }) {
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const url = URL.createObjectURL(await download(`files/${encodeURIComponent(fileId)}/report`));
      Object.assign(document.createElement('a'), { href: url, download: `${fileId}.ndjson` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (error) {
      notify({ tone: 'bad', text: problemOf(error).title });
    }
    setBusy(false);
  };
  return (
    <div class="actions"><ActionButton isBusy={isBusy} onClick={save}>{isBusy ? 'Downloading…' : 'Download the report'}</ActionButton></div>
  );
}

/** Where orders without an outcome can be. */
function WaitingOrders() {
  const count = status.value?.deadLettered ?? 0;
  return count === 0 ? null : (
    <p class="result-line bad">
      <Icon name="bad" />
      <a href={fragmentOf('dead-letters')}>{formatCount(count, 'message')} in dead-letter queues: orders of this file can be among them</a>
    </p>
  );
}

interface RejectedOrdersProps {
  readonly orders: FileDetails['rejectedOrders'];
  readonly tenant?: string;
}

const RejectedOrders = ({ orders, tenant }: RejectedOrdersProps) => (orders.length === 0 ? null : (
  <section aria-labelledby="rejected-orders">
    <h2 id="rejected-orders">Rejected orders</h2>
    <ul class="errors">{orders.map(({ orderId, reason }) => <li key={orderId}><OrderLink orderId={orderId} tenant={tenant} /> {reason}</li>)}</ul>
  </section>
));

const LineErrors = ({ errors }: Pick<FileDetails, 'errors'>) => (errors.length === 0 ? null : (
  <section aria-labelledby="line-errors">
    <h2 id="line-errors">Invalid orders</h2>
    <ul class="errors">
      {errors.map(({ line, orderId, path, message }, index) => (
        <li key={index}>
          {line !== undefined && <strong>Line {line} </strong>}{orderId && <span class="id">{orderId} </span>}{path && <code>{path}</code>} {message}
        </li>
      ))}
    </ul>
  </section>
));
