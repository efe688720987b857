import * as fc from 'fast-check';
import { assertTenant, identityOf, isOrderKey, orderKey, PoisonMessage } from '#shared';

const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,50}$/);
const identities = fc.record({ orderId: name, tenant: fc.option(name, { nil: undefined }) });

test('two orders have different keys, unless they have the same ID and tenant', () => {
  fc.assert(fc.property(identities, identities, (one, other) => {
    expect(orderKey(one) === orderKey(other)).toBe(one.orderId === other.orderId && one.tenant === other.tenant);
  }));
});

test('a key has the identity of its order, and fits into a message group ID', () => {
  fc.assert(fc.property(identities, ({ orderId, tenant }) => {
    const key = orderKey({ orderId, tenant });
    expect(identityOf(key)).toEqual(tenant === undefined ? { orderId } : { orderId, tenant });
    expect(isOrderKey(key)).toBe(true);
    expect(key.length).toBeLessThanOrEqual(128);
  }));
});

test('the key of an order without a tenant is its ID', () => {
  expect(orderKey({ orderId: 'order-1' })).toBe('order-1');
});

test.each(['', '/', 'acme/', '/order-1', 'acme/order/1', 'ac me/order-1', `${'a'.repeat(51)}/order-1`])('%j is not a key', (text) => {
  expect(isOrderKey(text)).toBe(false);
});

test('a message has a tenant if its pipeline has tenants, and only then', () => {
  expect(() => { assertTenant(undefined, true, '/tenant'); }).toThrow(new PoisonMessage('wrong or missing: /tenant; every order of this pipeline belongs to a tenant'));
  expect(() => { assertTenant('acme', false, '/tenant'); }).toThrow(new PoisonMessage('wrong: /tenant; this pipeline has no tenants'));
  expect(() => { assertTenant('acme', true, '/tenant'); assertTenant(undefined, false, '/tenant'); }).not.toThrow();
});
