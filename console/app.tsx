import { useEffect, useRef } from 'preact/hooks';
import type { View } from './model/route';
import { PageHeader } from './page-header';
import { PageProblems } from './page-problems';
import { ConfirmationDialog } from './parts/confirmation-dialog';
import { NoticeList } from './parts/notice-list';
import { description } from './state/live';
import { route } from './state/location';
import { DeadLettersView } from './views/dead-letters/dead-letters-view';
import { EventsView } from './views/events/events-view';
import { FaultsView } from './views/faults/faults-view';
import { FilesView } from './views/files/files-view';
import { OrdersView } from './views/orders/orders-view';
import { PipelineView } from './views/pipeline/pipeline-view';
import { TITLES } from './views/titles';

const CONTENTS: Readonly<Record<View, () => preact.JSX.Element>> = {
  'pipeline': PipelineView, 'orders': OrdersView, 'files': FilesView, 'dead-letters': DeadLettersView, 'events': EventsView, 'break-it': FaultsView,
};

/** The page. A change of the view moves the focus to its heading, as a new page would. */
export function App() {
  const { view, id } = route.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = [...(id && view !== 'pipeline' ? [id] : []), TITLES[view], description.value?.pipeline ?? 'Order pipeline'].join(' · ');
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [view, view === 'pipeline' ? undefined : id]);
  const Content = CONTENTS[view];
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); heading.current?.focus(); }}>Skip to the contents</a>
      <PageHeader />
      <main id="main">
        <h1 ref={heading} tabIndex={-1}>{TITLES[view]}</h1>
        <PageProblems />
        <NoticeList />
        {description.value && <Content />}
      </main>
      <ConfirmationDialog />
    </>
  );
}
