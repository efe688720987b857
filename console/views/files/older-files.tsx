import { useState } from 'preact/hooks';
import { FileList } from './file-list';
import type { ConsoleProblem, FileList as Files } from '../../../cli/console/console-api';
import { problemOf, request, withQuery } from '../../api/request';
import { ActionButton } from '../../parts/action-button';
import { ProblemBox } from '../../parts/problem-box';

interface OlderFilesProps {
  readonly state: string;
  /** The page after the latest files. */
  readonly cursor?: string;
  /** The IDs of the latest files, which can have become more since the older ones were read. */
  readonly latest: ReadonlySet<string>;
}

/** The files before the latest ones, page by page. They are not read again. */
export function OlderFiles({ state, cursor, latest }: OlderFilesProps) {
  const [pages, setPages] = useState<Files | undefined>();
  const [problem, setProblem] = useState<ConsoleProblem | undefined>();
  const [isBusy, setBusy] = useState(false);
  const next = pages ? pages.cursor : cursor;
  const read = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const page = await request<Files>('GET', withQuery('files', { state, cursor: next }));
      setPages({ ...page, files: [...pages?.files ?? [], ...page.files] });
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  const older = pages?.files.filter(({ fileId }) => !latest.has(fileId)) ?? [];
  return (
    <>
      {older.length > 0 && <FileList files={older} isFiltered={state !== ''} />}
      {problem && <ProblemBox problem={problem} />}
      {next && <div class="actions"><ActionButton isBusy={isBusy} onClick={read}>{isBusy ? 'Reading…' : 'Older files'}</ActionButton></div>}
    </>
  );
}
