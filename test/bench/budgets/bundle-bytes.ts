import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LAYER } from '../../../scripts/handler-options';
import { ORDER_MODEL_MODULE } from '../../../src/private/contract';

const HANDLERS = 'assets/handlers';

/** The bytes of every bundle of `npm run bundle`: of each handler, of its variants, and of the layer. */
export function measureBundleBytes(): Record<string, number> {
  const handlers = readdirSync(HANDLERS).sort().flatMap((name) => readdirSync(join(HANDLERS, name)).sort().map((file): [string, number] =>
    [file === 'index.js' ? name : `${name}, ${basename(file, '.js')}`, statSync(join(HANDLERS, name, file)).size]));
  const layer = join(LAYER, ORDER_MODEL_MODULE);
  return { ...Object.fromEntries(handlers), 'layer with the order model': readdirSync(layer).reduce((sum, file) => sum + statSync(join(layer, file)).size, 0) };
}
