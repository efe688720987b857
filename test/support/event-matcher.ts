type Json = Record<string, unknown>;
type Comparison = readonly [operator: '>' | '>=' | '<' | '<=' | '=', bound: number];

/** The bounds between which EventBridge compares numbers. */
const NUMERIC_LIMIT = 5e9;

const COMPARE: Record<Comparison[0], (value: number, bound: number) => boolean> = {
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
};

/** Whether EventBridge would take an event for one of a pattern: exact values, `exists`, one `numeric` comparison and `$or`. */
export function matchesPattern(pattern: Json, event: Json | undefined): boolean {
  return Object.entries(pattern).every(([key, expected]) =>
    (key === '$or' ? (expected as Json[]).some((each) => matchesPattern(each, event)) : Array.isArray(expected)
      ? expected.some((matcher) => valuesOf(event?.[key]).some((value) => matchesValue(matcher, value)))
      : matchesPattern(expected as Json, event?.[key] as Json | undefined)));
}

/** A list in an event matches if one of its values does. */
const valuesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function matchesValue(matcher: unknown, value: unknown): boolean {
  if (typeof matcher !== 'object' || matcher === null) return matcher === value;
  const { exists, numeric, ...others } = matcher as { readonly exists?: boolean; readonly numeric?: Comparison };
  if (Object.keys(others).length > 0) throw new Error(`this matcher is not known here: ${JSON.stringify(matcher)}`);
  if (exists !== undefined) return exists === (value !== undefined);
  return typeof value === 'number' && Math.abs(value) <= NUMERIC_LIMIT && COMPARE[numeric![0]](value, numeric![1]);
}
