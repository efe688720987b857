import runtime from '../../handlers/model/runtime';
import type { CompiledModel } from '../../handlers/shared/orders/compiled-model';

/** Loads the source of a model as the handlers load it from their layer. */
export function loadSource(source: string): CompiledModel {
  const exports = {};
  const load = (id: string): unknown => {
    if (id !== './runtime') throw new Error(`the layer has no ${id}`);
    return runtime;
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the module is text
  new Function('require', 'exports', source)(load, exports);
  return exports as CompiledModel;
}
