import { ProblemBox } from './parts/problem-box';
import { connection, description, problem } from './state/live';

/** Why the page shows nothing, or what is old or left out in it. */
export function PageProblems() {
  const missing = description.value?.missingPermissions ?? [];
  const { status, title, detail } = problem.value ?? {};
  return (
    <>
      {title !== undefined && <ProblemBox problem={{ status: status ?? 0, title, detail: [detail, hintOf(status)].filter(Boolean).join(' ') }} />}
      {!description.value && !problem.value && <p class="loading" role="status">Reading the pipeline…</p>}
      {missing.length > 0 && (
        <details class="box busy">
          <summary>
            {missing.length === 1 ? 'A permission is missing' : `${missing.length} permissions are missing`}: what needs them is left out
          </summary>
          <ul>{missing.map((each) => <li key={each}><code>{each}</code></li>)}</ul>
          <p>In the app: <code>orders.grantOperate(operators)</code>, with <code>{'{ allowChanges: true }'}</code> for those who change something.</p>
        </details>
      )}
    </>
  );
}

/** What the page does about a problem. */
function hintOf(status: number | undefined): string {
  if (status === 401 || !description.value) return '';
  return connection.value === 'lost' ? 'The page shows the last known state, and connects again by itself.' : 'The page shows the last known state.';
}
