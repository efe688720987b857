import { ORDER_ID_PATTERN } from './ids';
import { TENANT_PATTERN } from '../../../src/private/contract';
import { PoisonMessage } from '../messaging/errors';

/** What identifies an order: its ID and, in a pipeline with tenants, its tenant. */
export interface OrderIdentity {
  readonly orderId: string;
  readonly tenant?: string;
}

/**
 * An order's identity in one text, `<tenant>/<order ID>`, or only the order ID in a pipeline without tenants. Wherever the pipeline stores, groups,
 * sequences or derives by order, it uses this key, so that the orders of two tenants are as different as any two orders.
 */
export type OrderKey = string;

/** The tenant as a field of a message, event or record; none without one. */
export const tenantField = ({ tenant }: Pick<OrderIdentity, 'tenant'>): Pick<OrderIdentity, 'tenant'> =>
  (tenant === undefined ? {} : { tenant });

const SEPARATOR = '/';

export const orderKey = ({ tenant, orderId }: OrderIdentity): OrderKey => withTenant(tenant, orderId);

/** A value in the scope of a tenant, such as a customer ID in an index. */
export const withTenant = (tenant: string | undefined, value: string): string => (tenant === undefined ? value : `${tenant}${SEPARATOR}${value}`);

/** The identity of an order by its key. Tenants have no separator. */
export function identityOf(key: OrderKey): OrderIdentity {
  const at = key.indexOf(SEPARATOR);
  return at < 0 ? { orderId: key } : { tenant: key.slice(0, at), orderId: key.slice(at + 1) };
}

/** Whether a text is the key of an order. */
export function isOrderKey(text: string): boolean {
  const { tenant, orderId } = identityOf(text);
  return ORDER_ID_PATTERN.test(orderId) && (tenant === undefined || TENANT_PATTERN.test(tenant));
}

/**
 * Checks the tenant of a message: a pipeline with tenants has no order without one, and one without tenants none with one.
 *
 * @param path where the tenant is in the message.
 * @throws PoisonMessage when it is missing, or should be.
 */
export function assertTenant(tenant: string | undefined, hasTenants: boolean, path: string): void {
  if (tenant === undefined && hasTenants) throw new PoisonMessage(`wrong or missing: ${path}; every order of this pipeline belongs to a tenant`);
  if (tenant !== undefined && !hasTenants) throw new PoisonMessage(`wrong: ${path}; this pipeline has no tenants`);
}
