/** Characters that fit into a line of a box. */
const FITS = 18;

/** The lines of a label: one, or two that are broken at a space or after a hyphen. */
export function labelLines(label: string): readonly string[] {
  const short = label.replace('dead-letter queue', 'DLQ');
  if (short.length <= FITS) return [short];
  const breaks = [...short.matchAll(/[ -]/g)].map(({ index }) => index + 1);
  const at = breaks.filter((index) => index <= FITS).at(-1);
  return at === undefined ? [short] : [short.slice(0, at).trim(), short.slice(at)];
}
