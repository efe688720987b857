/** A value of a document that is different in the next version. */
export interface Difference {
  /** A JSON Pointer. */
  readonly path: string;
  /** Undefined where the value was added. */
  readonly before?: unknown;
  /** Undefined where the value was removed. */
  readonly after?: unknown;
}

/** Lists what is different between two versions of a document, in the sequence of the fields. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (Object.is(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path: path || '/', ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => differences(own(before, name), own(after, name), `${path}/${escaped(name)}`));
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

type Container = Readonly<Record<string, unknown>>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;
const own = (value: Container, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);
