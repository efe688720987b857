import type { UploadedFile } from './uploaded-file';

/** Which uploaded objects are not order files. */
export interface IgnoredFiles {
  /** Names without folders. One `*` in a name stands for any characters. */
  readonly names: readonly string[];
  /** Whether all empty objects are ignored. */
  readonly empty: boolean;
}

/** The usual name of an empty object that keeps a folder. */
const FOLDER_MARKER = '.keep';

/** Returns why an uploaded object is not an order file. Returns undefined for an order file. */
export function ignoredBecause({ key, size }: Pick<UploadedFile, 'key' | 'size'>, { names, empty }: IgnoredFiles): 'NAME' | 'EMPTY' | undefined {
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (names.some((pattern) => matches(name, pattern))) return 'NAME';
  return size === 0 && (empty || name === FOLDER_MARKER) ? 'EMPTY' : undefined;
}

function matches(name: string, pattern: string): boolean {
  const [start, end] = pattern.split('*');
  if (end === undefined) return name === pattern;
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}
