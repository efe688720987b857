import { jsonPointer } from '../../handlers/shared/json/json-pointer';

type Steps = readonly string[];

/** Stands for the absence of a field. */
export const REMOVED = Symbol('removed');

const childrenOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : {});

/** The JSON Pointers of the parts of a document at a path, in which `*` is every key. */
export function documentParts(document: unknown, [step, ...rest]: Steps, path: Steps = []): string[] {
  if (step === undefined) return [jsonPointer(path)];
  const keys = Object.keys(childrenOf(document)).filter((key) => step === '*' || key === step);
  return keys.flatMap((key) => documentParts(childrenOf(document)[key], rest, [...path, key]));
}

/** A copy of a document with another value at a path that it has; without the field, if the value is `REMOVED`. */
export function withPart(document: unknown, [step, ...rest]: Steps, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(document)) return document.map((item: unknown, index) => (String(index) === step ? withPart(item, rest, value) : item));
  const changed = Object.entries(childrenOf(document)).map(([key, part]) => [key, key === step ? withPart(part, rest, value) : part] as const);
  return Object.fromEntries(changed.filter(([, part]) => part !== REMOVED));
}

/** The texts in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(childrenOf(value)).flatMap(textsIn);
}
