/** Splits a JSON Pointer (RFC 6901) into its steps. */
export const stepsOf = (pointer: string): string[] => pointer.split('/').slice(1).map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));

/** Returns the value at a path in a JSON document; undefined without one. */
export function valueAt(document: unknown, ...steps: readonly string[]): unknown {
  let value = document;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** Returns a copy of a document with a value at a path. Objects on the way are created; undefined if something else is on the way. */
export function withValueAt(document: unknown, [step, ...rest]: readonly string[], value: unknown): object | undefined {
  const object = document ?? {};
  if (typeof object !== 'object' || Array.isArray(object)) return undefined;
  const inner = rest.length === 0 ? value : withValueAt((object as Record<string, unknown>)[step], rest, value);
  return inner === undefined ? undefined : { ...object, [step]: inner };
}
