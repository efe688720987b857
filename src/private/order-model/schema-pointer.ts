/** Formats the path to a part of a schema as a JSON Pointer. */
export const pointerTo = (path: readonly (string | number)[]): string => path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

/** Splits a JSON Pointer into its steps. Returns undefined for a text that is none. */
export function stepsOf(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer.slice(1).split('/').map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** Returns the part of a document at a path; undefined without one. */
export const partAt = (document: unknown, steps: readonly string[]): unknown => steps.reduce<unknown>(
  (part, step) => (typeof part === 'object' && part !== null && Object.hasOwn(part, step) ? (part as Record<string, unknown>)[step] : undefined), document,
);
