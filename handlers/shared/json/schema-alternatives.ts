import type { ErrorObject } from 'ajv';

/** Keywords of which the errors of parts come first, although a valid value can have some of these. */
const ALTERNATIVES = new Set(['anyOf', 'oneOf', 'contains']);

/**
 * Replaces the errors of alternatives, which come before the error of their keyword: with those of the alternative that was meant, or, where
 * that is not clear, with the one error that the value matches none. Takes linear time: a body can have tens of thousands of errors.
 */
export function withoutAlternatives(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    // An `if` has an error only beside those of its `then` or `else`.
    if (error.keyword === 'if') continue;
    if (!ALTERNATIVES.has(error.keyword)) kept.push(error);
    else for (const replacement of errorsInstead(error, kept.splice(firstOf(error, kept)))) kept.push(replacement);
  }
  return kept;
}

/** The index of the first error of the alternatives, of which the last is at the end. */
function firstOf({ instancePath, schemaPath, schema, parentSchema }: ErrorObject, errors: readonly ErrorObject[]): number {
  const isReference = hasReference(schema);
  let first = errors.length;
  for (; first > 0; first--) {
    const error = errors[first - 1];
    const isInside = error.instancePath === instancePath || error.instancePath.startsWith(`${instancePath}/`);
    // The paths of errors behind a reference start anew.
    if (!isInside || !(error.schemaPath.startsWith(`${schemaPath}/`) || (isReference && error.parentSchema !== parentSchema))) break;
  }
  return first;
}

function errorsInstead(error: ErrorObject, ofAlternatives: readonly ErrorObject[]): readonly ErrorObject[] {
  if (error.keyword === 'contains') return [error];
  const byAlternative = groupedByAlternative(error, ofAlternatives);
  // A value that matches several alternatives of `oneOf` has no error in these.
  if (!byAlternative || error.params.passingSchemas) return [error];
  const ofItsType = byAlternative.filter((errors) => !errors.some(({ keyword, instancePath }) => keyword === 'type' && instancePath === error.instancePath));
  const ofItsKind = ofItsType.filter((errors) => !errors.some(({ keyword }) => keyword === 'const' || keyword === 'enum'));
  const meant = ofItsKind.length > 0 ? ofItsKind : ofItsType;
  return meant.length === 1 ? meant[0] : [error];
}

/** Groups errors by alternative; undefined if an error can be of several ones, because it is behind a reference. */
function groupedByAlternative({ schema, schemaPath }: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[][] | undefined {
  const groups: ErrorObject[][] = Array.isArray(schema) ? schema.map(() => []) : [];
  const referenced: ErrorObject[] = [];
  for (const error of errors) {
    const index = error.schemaPath.startsWith(`${schemaPath}/`) ? parseInt(error.schemaPath.slice(schemaPath.length + 1), 10) : -1;
    (groups[index] ?? referenced).push(error);
  }
  if (referenced.length === 0) return groups;
  const [group, ...others] = groups.filter(({ length }) => length === 0);
  if (!group || others.length > 0) return undefined;
  for (const error of referenced) group.push(error);
  return groups;
}

const REFERENCES = new WeakMap<object, boolean>();

/** Whether a schema refers to others. The schema is the same object for every error. */
function hasReference(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  const known = REFERENCES.get(schema) ?? JSON.stringify(schema).includes('"$ref":');
  REFERENCES.set(schema, known);
  return known;
}
