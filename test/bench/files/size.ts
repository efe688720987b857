const UNITS: Record<string, number> = { KB: 1e3, MB: 1e6, GB: 1e9 };

/** `50MB` in bytes. */
export function parseSize(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(KB|MB|GB)$/.exec(text) ?? [];
  if (!number) throw new Error(`--size must be like 50MB or 1GB, got ${text}`);
  return Number(number) * UNITS[unit];
}
