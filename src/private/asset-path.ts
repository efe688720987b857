import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the folder of a prebuilt asset. The package contains the assets, so nothing is bundled at synth.
 *
 * @throws Error when the asset does not exist, as in a new clone of the repository.
 */
export function assetPath(...segments: string[]): string {
  const path = join(__dirname, '..', '..', 'assets', ...segments);
  if (!existsSync(path)) throw new Error(`asset ${segments.join('/')} does not exist; in a clone of the repository, run "npx projen bundle" first`);
  return path;
}
