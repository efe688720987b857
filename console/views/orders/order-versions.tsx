import type { OrderDetails } from '../../../cli/console/console-api';
import { differences, type Difference } from '../../model/differences';
import { Time } from '../../parts/time';

/** What each version of an order changed. */
export const OrderVersions = ({ versions }: Pick<OrderDetails, 'versions'>) => (versions.length < 2 ? null : (
  <section aria-labelledby="versions-title">
    <h2 id="versions-title">Changes</h2>
    <ol class="versions">
      {versions.slice(1).map(({ version, at, order }, index) => (
        <li key={version}>
          <h3>Version {version} <Time at={at} /></h3>
          <Differences list={differences(versions[index].order, order)} />
        </li>
      ))}
    </ol>
  </section>
));

const Differences = ({ list }: { readonly list: readonly Difference[] }) => (list.length === 0
  ? <p class="hint">The document is the same.</p>
  : (
    <ul class="differences">
      {list.map(({ path, before, after }) => (
        <li key={path}>
          <code>{path}</code>
          {before !== undefined && <del><span class="unseen">before: </span>{JSON.stringify(before)}</del>}
          {after !== undefined && <ins><span class="unseen">after: </span>{JSON.stringify(after)}</ins>}
        </li>
      ))}
    </ul>
  ));
