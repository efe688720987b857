import { isDeepStrictEqual } from 'node:util';
import { isSchemaObject, type JsonSchema } from '../src/private/order-model/json-schema';
import { partAt, stepsOfReference } from '../src/private/order-model/schema-pointer';

/** Who writes the documents of a schema: other systems (they may send what was valid before), or the pipeline (they may expect what was sure before). */
export type Direction = 'input' | 'output';

const MAXIMA = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const MINIMA = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const FORMS = ['pattern', 'format', 'multipleOf', 'uniqueItems'];

/** Both documents, and the pairs of references that are compared already: schemas may refer to themselves. */
interface Comparison {
  readonly before: unknown;
  readonly after: unknown;
  readonly direction: Direction;
  readonly compared: Set<string>;
}

/** Lists what of a changed schema breaks those who rely on the schema before: nothing if the change is compatible. */
export const incompatibilities = (before: unknown, after: unknown, direction: Direction): string[] =>
  compare(before, after, { before, after, direction, compared: new Set() }, '');

function compare(before: unknown, after: unknown, comparison: Comparison, path: string): string[] {
  if (!isSchemaObject(before) || !isSchemaObject(after)) return isDeepStrictEqual(before, after) ? [] : [`${path || '/'}: is another schema`];
  const pair = `${String(before.$ref)} ${String(after.$ref)}`;
  if (before.$ref !== undefined || after.$ref !== undefined) {
    if (comparison.compared.has(pair)) return [];
    comparison.compared.add(pair);
    return compare(resolved(before, comparison.before), resolved(after, comparison.after), comparison, path);
  }
  const { direction } = comparison;
  return [
    ...setChanges('type', asList(before.type), asList(after.type), direction, path),
    ...setChanges('enum', valuesOf(before), valuesOf(after), direction, path),
    ...requiredChanges(before, after, direction, path),
    ...MAXIMA.flatMap((keyword) => limitChanges(keyword, before[keyword], after[keyword], direction, 1, path)),
    ...MINIMA.flatMap((keyword) => limitChanges(keyword, before[keyword], after[keyword], direction, -1, path)),
    ...FORMS.flatMap((keyword) => formChanges(keyword, before[keyword], after[keyword], direction, path)),
    ...propertyChanges(before, after, comparison, path),
    ...['items', 'additionalProperties', 'propertyNames'].flatMap((keyword) => partChanges(keyword, before[keyword], after[keyword], comparison, path)),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => alternativeChanges(keyword, before[keyword], after[keyword], comparison, path)),
  ];
}

/** Follows the reference of a schema within its document. */
function resolved(schema: JsonSchema, root: unknown): unknown {
  if (schema.$ref === undefined) return schema;
  const steps = stepsOfReference(schema.$ref);
  return steps && partAt(root, steps);
}

const asList = (value: unknown): readonly unknown[] | undefined => (value === undefined ? undefined : [value].flat());
const valuesOf = (schema: JsonSchema): readonly unknown[] | undefined => ('const' in schema ? [schema.const] : schema.enum as unknown[] | undefined);

/** Values may be added to what is accepted, and removed from what is published. */
function setChanges(
  keyword: string, before: readonly unknown[] | undefined, after: readonly unknown[] | undefined, direction: Direction, path: string,
): string[] {
  const [narrower, wider] = direction === 'input' ? [before, after] : [after, before];
  if (wider === undefined) return [];
  if (narrower === undefined) return [`${path}/${keyword}: ${direction === 'input' ? 'restricts what was accepted' : 'allows what was not published'}`];
  const missing = narrower.filter((value) => !wider.some((other) => isDeepStrictEqual(value, other) || (value === 'integer' && other === 'number')));
  return missing.map((value) => `${path}/${keyword}: ${JSON.stringify(value)} was ${direction === 'input' ? 'accepted' : 'not published'}`);
}

function requiredChanges(before: JsonSchema, after: JsonSchema, direction: Direction, path: string): string[] {
  const [old, now] = [before, after].map(({ required = [] }) => required as string[]);
  return direction === 'input'
    ? now.filter((name) => !old.includes(name)).map((name) => `${path}/required: ${name} was optional`)
    : old.filter((name) => !now.includes(name)).map((name) => `${path}/required: ${name} was always there`);
}

/** `sign` is 1 for a maximum and -1 for a minimum. */
function limitChanges(keyword: string, before: unknown, after: unknown, direction: Direction, sign: 1 | -1, path: string): string[] {
  const valueOf = (limit: unknown): number => (typeof limit === 'number' ? sign * limit : Infinity);
  const grows = valueOf(after) - valueOf(before);
  if (valueOf(before) === valueOf(after) || (direction === 'input' ? grows > 0 : grows < 0)) return [];
  return [`${path}/${keyword}: was ${JSON.stringify(before) ?? 'unlimited'}, is ${JSON.stringify(after) ?? 'unlimited'}`];
}

function formChanges(keyword: string, before: unknown, after: unknown, direction: Direction, path: string): string[] {
  const isRelaxed = direction === 'input' ? after === undefined : before === undefined;
  return isRelaxed || isDeepStrictEqual(before, after) ? [] : [`${path}/${keyword}: was ${JSON.stringify(before)}, is ${JSON.stringify(after)}`];
}

function propertyChanges(before: JsonSchema, after: JsonSchema, comparison: Comparison, path: string): string[] {
  const [old, now] = [before, after].map(({ properties = {} }) => properties as JsonSchema);
  return Object.entries(old).flatMap(([name, part]) =>
    (Object.hasOwn(now, name) ? compare(part, now[name], comparison, `${path}/properties/${name}`) : [`${path}/properties/${name}: was removed`]));
}

function partChanges(keyword: string, before: unknown, after: unknown, comparison: Comparison, path: string): string[] {
  const [narrower, wider] = comparison.direction === 'input' ? [before, after] : [after, before];
  if (wider === undefined || wider === true || narrower === false || isDeepStrictEqual(before, after)) return [];
  return isSchemaObject(before) && isSchemaObject(after) ? compare(before, after, comparison, `${path}/${keyword}`) : [`${path}/${keyword}: is another schema`];
}

function alternativeChanges(keyword: string, before: unknown, after: unknown, comparison: Comparison, path: string): string[] {
  if (before === undefined && after === undefined) return [];
  const [old, now] = [before ?? [], after ?? []] as unknown[][];
  const isComparable = comparison.direction === 'input' ? now.length >= old.length : now.length <= old.length;
  if (!isComparable) return [`${path}/${keyword}: has ${now.length} alternatives, had ${old.length}`];
  return old.slice(0, now.length).flatMap((part, index) => compare(part, now[index], comparison, `${path}/${keyword}/${index}`));
}
