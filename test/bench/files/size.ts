const UNITS: Record<string, number> = { KB: 1e3, MB: 1e6, GB: 1e9 };

/** Parses a size such as `50MB` into bytes. */
export function parseSize(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(KB|MB|GB)$/.exec(text) ?? [];
  if (!number) throw new Error(`--size must be a number with a unit, such as 50MB or 1GB, got ${text}`);
  return Number(number) * UNITS[unit];
}
