import { useState } from 'preact/hooks';
import { FileDetailsView } from './file-details-view';
import { FileDrop } from './file-drop';
import { FileList } from './file-list';
import { OlderFiles } from './older-files';
import type { FileList as Files } from '../../../cli/console/console-api';
import { request, withQuery } from '../../api/request';
import { fileProgress } from '../../model/file-progress';
import { fragmentOf } from '../../model/route';
import { Field } from '../../parts/field';
import { LoadedContent } from '../../parts/loaded-content';
import { description } from '../../state/live';
import { replaceFragment, route } from '../../state/location';
import { useLoaded } from '../../state/use-loaded';

const STATES = [
  ['', 'All states'] as const, ...['RECEIVED', 'VALIDATED', 'EXTRACTING', 'COMPLETED', 'REJECTED'].map((each) => [each, each.toLowerCase()] as const),
];
const OFTEN_MS = 1000;
const RARELY_MS = 10_000;

/** The files, or one file. */
export const FilesView = () => (route.value.id === undefined ? <AllFiles /> : <FileDetailsView key={route.value.id} fileId={route.value.id} />);

/** The latest files, read often while one is in progress. A file can be dropped anywhere on the page. */
function AllFiles() {
  const { state = '' } = route.value.query;
  const [awaited, setAwaited] = useState<string | undefined>();
  const load = (signal: AbortSignal) => request<Files>('GET', withQuery('files', { state }), undefined, signal);
  const isMoving = (data: Files | undefined) => data?.files.some((file) => !fileProgress(file).isDone) ?? false;
  const isAwaited = (data: Files | undefined) => awaited !== undefined && !data?.files.some(({ key }) => key === awaited);
  const loaded = useLoaded(`files ${state} ${awaited ?? ''}`, load, (data) => (isAwaited(data) || isMoving(data) ? OFTEN_MS : RARELY_MS));
  return (
    <>
      {description.value!.allowsChanges && <FileDrop onUploaded={setAwaited} />}
      <form class="filters" role="search" aria-label="Filter files" onSubmit={(event) => event.preventDefault()}>
        <Field label="State" value={state} options={STATES} onInput={(value) => replaceFragment(fragmentOf('files', undefined, { state: value }))} />
      </form>
      <LoadedContent loaded={loaded} what="the files">
        {({ files, cursor }) => (
          <>
            <FileList files={files} isFiltered={state !== ''} />
            <OlderFiles key={state} state={state} cursor={cursor} latest={new Set(files.map(({ fileId }) => fileId))} />
          </>
        )}
      </LoadedContent>
    </>
  );
}
