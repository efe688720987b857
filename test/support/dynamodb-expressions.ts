/** A request's placeholders. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

export type Item = Record<string, unknown>;

/**
 * Whether an item, or none, meets a condition: `attribute_not_exists(a.b)`, `begins_with(a, :v)`, `a = :v`, `a < :v`, `a <= :v`,
 * `a BETWEEN :v AND :w` and `a IN (:v, :w)`, joined by AND.
 */
export const meets = (item: Item | undefined, condition: string, placeholders: Placeholders): boolean =>
  condition.split(/ AND (?!:\w+$)/).every((clause) => meetsOne(item, clause, placeholders));

function meetsOne(item: Item | undefined, clause: string, placeholders: Placeholders): boolean {
  const [, absent] = /^attribute_not_exists\(([^)]+)\)$/.exec(clause) ?? [];
  if (absent) return valueAt(item, absent, placeholders) === undefined;
  const [, text, prefix] = /^begins_with\(([^,]+), (\S+)\)$/.exec(clause) ?? [];
  if (text) return String(valueAt(item, text, placeholders)).startsWith(String(valueOf(prefix, placeholders)));
  const [, between, from, to] = /^(\S+) BETWEEN (\S+) AND (\S+)$/.exec(clause) ?? [];
  if (between) return isBetween(valueAt(item, between, placeholders), valueOf(from, placeholders), valueOf(to, placeholders));
  const [, left, sign, bound] = /^(\S+) (<=?) (\S+)$/.exec(clause) ?? [];
  if (left) return isBelow(valueAt(item, left, placeholders), valueOf(bound, placeholders), sign === '<=');
  const [, path, list, single] = /^(\S+) (?:IN \(([^)]+)\)|= (\S+))$/.exec(clause) ?? [];
  if (!path) throw new Error(`this condition is not known here: ${clause}`);
  return (list ?? single).split(', ').map((name) => valueOf(name, placeholders)).includes(valueAt(item, path, placeholders));
}

const isBetween = (value: unknown, from: unknown, to: unknown): boolean =>
  typeof value === 'string' && typeof from === 'string' && typeof to === 'string' && from <= value && value <= to;

/** Numbers are compared with numbers and texts with texts; nothing is below another type. */
function isBelow(value: unknown, bound: unknown, orSame: boolean): boolean {
  const isComparable = (typeof value === 'number' && typeof bound === 'number') || (typeof value === 'string' && typeof bound === 'string');
  return isComparable && (value < bound || (orSame && value === bound));
}

/** An item after `SET a = :v, b = if_not_exists(b, :w)`. */
export function updated(item: Item, expression: string, placeholders: Placeholders): Item {
  const [, assignments] = /^SET (.+)$/.exec(expression) ?? [];
  if (!assignments) throw new Error(`this update is not known here: ${expression}`);
  const changes = assignments.split(/, (?![^(]*\))/).map((assignment) => assignment.split(' = '));
  return { ...item, ...Object.fromEntries(changes.map(([name, value]) => [nameOf(name, placeholders), assigned(item, value, placeholders)])) };
}

function assigned(item: Item, value: string, placeholders: Placeholders): unknown {
  const [, path, otherwise] = /^if_not_exists\((\S+), (\S+)\)$/.exec(value) ?? [];
  return path ? valueAt(item, path, placeholders) ?? valueOf(otherwise, placeholders) : valueOf(value, placeholders);
}

/** Fails, as DynamoDB does, when a placeholder is not used: usually a forgotten half of a condition. */
export function assertAllUsed(placeholders: Placeholders, ...expressions: (string | undefined)[]): void {
  const { ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = placeholders;
  const used = new Set(expressions.join(' ').match(/[#:]\w+/g));
  const unused = [...Object.keys(ExpressionAttributeNames), ...Object.keys(ExpressionAttributeValues)].filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`ValidationException: unused in expressions: ${unused.join(', ')}`);
}

const valueAt = (item: unknown, path: string, placeholders: Placeholders): unknown =>
  path.split('.').reduce((value, step) => (value as Item | undefined)?.[nameOf(step, placeholders)], item);

function nameOf(step: string, { ExpressionAttributeNames = {} }: Placeholders): string {
  const name = step.startsWith('#') ? ExpressionAttributeNames[step] : step;
  // Reserved words that the files table has among its attributes.
  if (name === undefined || ['state', 'position', 'index', 'bucket', 'key', 'size'].includes(step)) throw new Error(`ValidationException: ${step}`);
  return name;
}

function valueOf(name: string, { ExpressionAttributeValues = {} }: Placeholders): unknown {
  if (!(name in ExpressionAttributeValues)) throw new Error(`ValidationException: ${name}`);
  return ExpressionAttributeValues[name];
}
