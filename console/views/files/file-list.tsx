import type { FileSummary } from '../../../cli/console/console-api';
import { fileProgress } from '../../model/file-progress';
import { formatBytes, formatCount } from '../../model/format';
import { fragmentOf } from '../../model/route';
import { Empty } from '../../parts/empty';
import { StatusBadge } from '../../parts/status-badge';
import { Time } from '../../parts/time';

/** Files with their progress. */
export const FileList = ({ files, isFiltered }: { readonly files: readonly FileSummary[]; readonly isFiltered: boolean }) => (files.length === 0
  ? <Empty>{isFiltered ? 'No file is in this state.' : 'No files yet. Files in the folder incoming/ of the bucket appear here.'}</Empty>
  : <ul class="files">{files.map((file) => <FileItem key={file.fileId} file={file} />)}</ul>);

const FileItem = ({ file }: { readonly file: FileSummary }) => (
  <li class="card">
    <div class="title">
      <h2><a href={fragmentOf('files', file.fileId)}>{file.key.split('/').at(-1)}</a></h2>
      <StatusBadge status={file.state} />
    </div>
    <p class="hint">
      {file.tenant && `${file.tenant} · `}{file.size !== undefined && `${formatBytes(file.size)} · `}received <Time at={file.receivedAt} />
    </p>
    <FileProgressBar file={file} />
  </li>
);

/** How far a file is, with the outcomes of its orders. */
export function FileProgressBar({ file }: { readonly file: FileSummary }) {
  const { share, text } = fileProgress(file);
  const { counts, outcomes = {} } = file;
  const invalid = counts?.invalid ?? 0;
  return (
    <div class="progress">
      <progress max={1} value={share} aria-label={`Progress of ${file.key}`} />
      <p>
        {text}
        {invalid > 0 && <span class="bad"> · {formatCount(invalid, 'invalid order')}</span>}
        {Object.entries(outcomes).filter(([, count]) => count > 0).map(([name, count]) => (
          <span key={name} class={name === 'rejected' ? 'bad' : ''}> · {count} {name}</span>
        ))}
      </p>
    </div>
  );
}
