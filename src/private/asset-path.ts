import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder of a prebuilt asset. Nothing is bundled on the user's machine.
 *
 * @throws Error when it was not built, which happens in a fresh clone only.
 */
export function assetPath(...segments: string[]): string {
  const path = join(__dirname, '..', '..', 'assets', ...segments);
  if (!existsSync(path)) throw new Error(`asset ${segments.join('/')} is missing: in a clone of the repository, run "npx projen bundle" first`);
  return path;
}
