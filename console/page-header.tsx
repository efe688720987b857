import { fragmentOf, VIEWS, type View } from './model/route';
import { Icon } from './parts/icon';
import { connection, description, status } from './state/live';
import { route } from './state/location';
import { TITLES } from './views/titles';

/** The name of the pipeline, the state of the connection, and the navigation. */
export const PageHeader = () => (
  <header>
    <div class="bar">
      <p class="name"><Icon name="BUS" /><strong>{description.value?.pipeline ?? 'Order pipeline'}</strong><Where /></p>
      <p class="modes"><Modes /><Connection /></p>
    </div>
    <nav aria-label="Views"><ul>{VIEWS.filter(isShown).map((view) => <Tab key={view} view={view} />)}</ul></nav>
  </header>
);

function isShown(view: View): boolean {
  const { isLocal = true, hasFiles = true } = description.value ?? {};
  return (view !== 'break-it' || isLocal) && (view !== 'files' || hasFiles);
}

function Tab({ view }: { readonly view: View }) {
  const deadLettered = view === 'dead-letters' ? status.value?.deadLettered ?? 0 : 0;
  return (
    <li>
      <a href={fragmentOf(view)} aria-current={route.value.view === view ? 'page' : undefined}>
        {TITLES[view]}{deadLettered > 0 && <span class="count">{deadLettered}<span class="unseen"> messages</span></span>}
      </a>
    </li>
  );
}

function Where() {
  const { stack, region } = description.value ?? {};
  return stack === undefined ? null : <span class="where">{stack} · {region}</span>;
}

function Modes() {
  const { isLocal, allowsChanges, showsContents } = description.value ?? { isLocal: false, allowsChanges: true, showsContents: true };
  return (
    <>
      {isLocal && <span class="mode">local AWS</span>}
      {!allowsChanges && <span class="mode" title="Start the console with --allow-changes to change something">read-only</span>}
      {!showsContents && <span class="mode" title="Start the console with --show-contents to see contents of orders">contents masked</span>}
    </>
  );
}

const CONNECTION = { connecting: ['busy', 'connecting'], open: ['good', 'live'], lost: ['bad', 'disconnected'] } as const;

function Connection() {
  const [tone, text] = CONNECTION[connection.value];
  return <span class={`mode ${tone}`} role="status"><Icon name={tone} />{text}</span>;
}
