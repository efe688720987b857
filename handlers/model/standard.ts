import { createRequire } from 'node:module';
import type { CompiledModel } from '../shared/orders/compiled-model';

/** The standard model as it was built, for tests and scripts. Deployed handlers load the model of their pipeline from their layer. */
export const { validateOrder, validateChange, description, graphql } =
  createRequire(__filename)('../../assets/layer/nodejs/node_modules/order-pipeline-model/index.js') as CompiledModel;
