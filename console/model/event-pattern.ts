import type { EventFilter } from './event-filter';

/** The event pattern, for a rule of the pipeline's bus, that matches what a filter shows. */
export function eventPattern({ type, orderId, tenant }: EventFilter): object {
  const metadata = { ...(orderId ? { orderId: [orderId] } : {}), ...(tenant ? { tenant: [tenant] } : {}) };
  return {
    ...(type ? { 'detail-type': [type] } : {}),
    ...(Object.keys(metadata).length > 0 ? { detail: { metadata } } : {}),
    // A pattern must not be empty.
    ...(type || orderId || tenant ? {} : { 'detail-type': [{ prefix: 'Order' }] }),
  };
}
