import { signal } from '@preact/signals';
import { takeToken } from '../api/token';
import { parseRoute } from '../model/route';

takeToken();

/** What the fragment of the URL selects. */
export const route = signal(parseRoute(location.hash));

window.addEventListener('hashchange', () => {
  // The URL of another run was opened in this tab.
  if (takeToken()) location.reload();
  else route.value = parseRoute(location.hash);
});

/** Goes to a view. */
export const goTo = (fragment: string): void => { location.hash = fragment; };

/** Shows another fragment for the same view, without an entry in the history. */
export function replaceFragment(fragment: string): void {
  history.replaceState(null, '', fragment);
  route.value = parseRoute(fragment);
}
