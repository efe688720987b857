import { orderKey, tenantField, withTenant } from '../orders/order-identity';

/** What a client subscribes to: an order, a customer or a file. */
export type LiveTarget = { readonly orderId: string } | { readonly customerId: string } | { readonly fileId: string };

/** The key of a target among those of all tenants: the subscriptions to it and its recent events have it in the table. */
export type LiveTopic = string;

/** Returns the topic of a target. The IDs of files are unique among tenants. */
export function topicOf(target: LiveTarget, tenant: string | undefined): LiveTopic {
  if ('orderId' in target) return `order#${orderKey({ ...tenantField({ tenant }), orderId: target.orderId })}`;
  return 'customerId' in target ? `customer#${withTenant(tenant, target.customerId)}` : `file#${target.fileId}`;
}

/** Returns the partition key of a connection's own item. */
export const topicOfConnection = (connectionId: string): LiveTopic => `connection#${connectionId}`;
