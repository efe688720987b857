import { loggedText } from '../support/captured-logs';
import { sampleOrder } from '../support/sample-order';
import { sentMessages } from '../support/sent-messages';

/** Personal data that sits in every place of an order where there can be any. None of it may show up in a log. */
export const canaryOrder = (changes: Record<string, unknown> = {}): Record<string, unknown> => sampleOrder({
  orderId: 'order-1',
  customerId: 'canary-customer',
  items: [{ sku: 'canary-sku', quantity: 2, unitPrice: 1890, name: 'Cage for a canary' }],
  shippingAddress: { 'name': 'Canary Name', 'street': '1 Canary Street', 'canary@example.com': 'canary@example.com', 'canary_name': '' },
  notes: 'Ring at canary',
  attributes: { 'canary key': 'canary', 'canary_key': 7, 'giftFor': 'Canary' },
  ...changes,
});

/** What is wrong in as many ways as there are, with personal data in every wrong value and in names of fields. */
export const hostileOrders: readonly [what: string, order: unknown][] = [
  ['wrong values', canaryOrder({ currency: 'canary', customerId: ['canary'], notes: { canary: 'canary' }, items: 'canary', total: 'canary' })],
  ['wrong items', canaryOrder({ items: [{ sku: '', quantity: 'canary', unitPrice: -1, canary: 'canary' }, 'canary', null] })],
  ['wrong addresses', canaryOrder({ shippingAddress: { 'canary@example.com': 7, 'canary': ['canary'], '': 'canary' } })],
  ['wrong attributes', canaryOrder({ attributes: { 'canary@example.com': { canary: 'canary' }, 'canary': ['canary'] } })],
  ['unknown fields', canaryOrder({ 'canary': 'canary', 'canary@example.com': 'canary', 'email': 'canary@example.com' })],
  ['too much text', canaryOrder({ notes: 'canary '.repeat(200), customerId: 'canary'.repeat(100) })],
  ['a wrong total', canaryOrder({ total: 1 })],
  ['an id of another kind', canaryOrder({ orderId: 'canary@example.com' })],
  ['no object', ['canary']],
  ['text', 'canary'],
];

/** Bodies that are no JSON, or more than that. */
export const malformedBodies: readonly string[] = [
  'canary', '{"canary":', '{"notes":"canary","notes":"Canary"}', '{"__proto__":{"canary":"canary"},"constructor":"canary"}', '\u0000canary', '"canary"', '[["canary"]]',
];

/** What SDKs and services say may quote what was sent. */
export const trouble = (name = 'ThrottlingException'): Error => Object.assign(new Error('canary@example.com was refused: canary'), { name });

/** Asserts that neither a line of the log, nor a metric, nor an attribute of what was set aside holds personal data. */
export function expectSilence(): void {
  const attributes = sentMessages().map(({ MessageAttributes }) => JSON.stringify(MessageAttributes ?? {}));
  expect([...loggedText().split('\n'), ...attributes].filter((text) => /canary/i.test(unwrapped(text)))).toEqual([]);
}

/** The same text with what hides in it: escapes of addresses, and base64. */
const unwrapped = (text: string): string =>
  [text, text.replaceAll('%40', '@'), ...(text.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? []).map((word) => Buffer.from(word, 'base64').toString('latin1'))].join(' ');
