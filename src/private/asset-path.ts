import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { BundleArchive } from './bundle-archive';

const ASSETS = join(__dirname, '..', '..', 'assets');

/**
 * Returns the path of a prebuilt asset. The package contains the assets, so nothing is bundled at synth.
 *
 * @throws Error when the asset does not exist, as in a new clone of the repository.
 */
export function assetPath(...segments: string[]): string {
  const path = join(ASSETS, ...segments);
  if (!existsSync(path)) throw new Error(`asset ${segments.join('/')} does not exist; in a clone of the repository, run "npx projen bundle" first`);
  return path;
}

/**
 * Returns the folder with the bundle of a handler. The repository has such folders; the package has all bundles in one archive, from which the bundle is
 * written beside the cloud assembly.
 */
export const handlerPath = (scope: IConstruct, handler: string): string => existsSync(join(ASSETS, 'handlers'))
  ? assetPath('handlers', handler)
  : BundleArchive.open(assetPath('bundles.br')).extract(handler, Stage.of(scope)!.assetOutdir);
