/** Formats the path to a part of a schema as a JSON Pointer. */
export const pointerTo = (path: readonly (string | number)[]): string => path.map((step) => `/${escaped(step)}`).join('');

const escaped = (step: string | number): string => String(step).replace(/~/g, '~0').replace(/\//g, '~1');

/** Splits a JSON Pointer into its steps. Returns undefined for a text that is none. */
export function stepsOf(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer.slice(1).split('/').map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** Formats a path as a reference within its file. */
export const referenceTo = (path: readonly (string | number)[]): string => `#${path.map((step) => `/${encodeURIComponent(escaped(step))}`).join('')}`;

/** Splits a reference into the steps to the part of its file. Returns undefined for a reference to something else. */
export function stepsOfReference(reference: unknown): string[] | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  try {
    return stepsOf(decodeURIComponent(reference.slice(1)));
  } catch {
    // A percent sign that encodes nothing.
    return undefined;
  }
}

/** Returns the part of a document at a path; undefined without one. */
export const partAt = (document: unknown, steps: readonly string[]): unknown => steps.reduce<unknown>(
  (part, step) => (typeof part === 'object' && part !== null && Object.hasOwn(part, step) ? (part as Record<string, unknown>)[step] : undefined), document,
);

/** Whether a pointer is that of a part, or within it. */
export const isWithin = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);
