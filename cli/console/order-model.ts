import { STANDARD_ORDER_MODEL } from '../../src/private/order-model/standard-order-model';

/**
 * What the bundle of the command line has instead of the compiled model of a pipeline: where the line items of an order are. The console shows orders and
 * validates none; the pipeline does.
 */
export const description = STANDARD_ORDER_MODEL;

const notValidated = (): never => {
  throw new TypeError('the command line validates no orders');
};
export { notValidated as validateOrder, notValidated as validateChange };

/** The console has no GraphQL. */
export const graphql = null;
