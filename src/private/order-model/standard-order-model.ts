import { STANDARD_ORDER_SCHEMA } from './standard-order-schema';
import type { OrderModelDescription } from '../contract';

/** The standard model: its facts are top-level fields. */
export const STANDARD_ORDER_MODEL: OrderModelDescription = {
  isStandard: true,
  facts: {
    orderId: '/orderId',
    customerId: '/customerId',
    currency: '/currency',
    total: '/total',
    placedAt: '/placedAt',
    externalReference: '/externalReference',
    salesChannel: '/salesChannel',
    tags: '/tags',
  },
  lineItems: { path: '/items', quantity: '/quantity', id: '/lineId', changeable: ['/quantity', '/amount', '/adjustments'] },
  changeable: [
    '/items', '/adjustments', '/total', '/email', '/shippingAddress', '/billingAddress', '/notes', '/tags', '/attributes',
  ],
  required: STANDARD_ORDER_SCHEMA.required as string[],
};
