/** The views of the page, in the sequence of the navigation. */
export const VIEWS = ['pipeline', 'orders', 'files', 'dead-letters', 'events', 'break-it'] as const;
export type View = (typeof VIEWS)[number];

/** What the fragment of the URL selects, such as `#/orders/order-1?tenant=acme`. */
export interface Route {
  readonly view: View;
  /** The order, the file or the resource. */
  readonly id?: string;
  readonly query: Readonly<Record<string, string>>;
}

/** The token of a run in the fragment `#<token>`, as the command prints it; undefined for the fragment of a view. */
export const tokenIn = (fragment: string): string | undefined => /^#([A-Za-z0-9_-]{16,})$/.exec(fragment)?.[1];

/** Reads a fragment. One that is not a view is the first one. */
export function parseRoute(fragment: string): Route {
  const [path, search = ''] = fragment.replace(/^#\/?/, '').split('?', 2);
  const [name, id] = path.split('/', 2);
  const view = VIEWS.find((each) => each === name);
  const query = Object.fromEntries(new URLSearchParams(search));
  if (!view) return { view: 'pipeline', query: {} };
  return { view, ...(id ? { id: decode(id) } : {}), query };
}

/** The fragment of a view. Empty parameters are left out. */
export function fragmentOf(view: View, id?: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  const search = new URLSearchParams(given).toString();
  return `#/${view}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${search ? `?${search}` : ''}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
