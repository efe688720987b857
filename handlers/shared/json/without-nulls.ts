const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Removes the fields with the value `null` from an object and the objects in it, except from those with a key in `kept`. Returns a value without any as it is. */
export function withoutNulls(value: unknown, kept: readonly string[] = []): unknown {
  if (Array.isArray(value)) return mapIfChanged(value, kept);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const left = entries.flatMap(([key, entry]): [string, unknown][] => {
    if (entry === null) return [];
    return [[key, kept.includes(key) ? entry : withoutNulls(entry, kept)]];
  });
  return left.length === entries.length && left.every(([, entry], index) => entry === entries[index][1]) ? value : Object.fromEntries(left);
}

function mapIfChanged(values: readonly unknown[], kept: readonly string[]): readonly unknown[] {
  const mapped = values.map((value) => withoutNulls(value, kept));
  return mapped.every((value, index) => value === values[index]) ? values : mapped;
}
