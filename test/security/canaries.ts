import { loggedText } from '../support/captured-logs';
import { sampleOrder } from '../support/sample-order';
import { sentMessages } from '../support/sent-messages';

/** An order with personal data in every field that can hold it. None of it may appear in a log. */
export const canaryOrder = (changes: Record<string, unknown> = {}): Record<string, unknown> => sampleOrder({
  orderId: 'order-1',
  customerId: 'canary-customer',
  items: [{ sku: 'canary-sku', quantity: 2, unitPrice: 1890, name: 'Cage for a canary' }],
  shippingAddress: { 'name': 'Canary Name', 'street': '1 Canary Street', 'canary@example.com': 'canary@example.com', 'canary_name': '' },
  billingAddress: { street: ['1 Canary Street', 'canary@example.com'] },
  email: 'canary@example.com',
  externalReference: '#canary-1001',
  salesChannel: 'canary-shop',
  tags: ['canary'],
  adjustments: [{ kind: 'OTHER', amount: 0, label: 'canary' }],
  notes: 'Ring at canary',
  attributes: { 'canary key': 'canary', 'canary_key': 7, 'giftFor': 'Canary' },
  ...changes,
});

/** Orders with every kind of error, with personal data in the invalid values and in the names of fields. */
export const invalidOrders: readonly [name: string, order: unknown][] = [
  ['invalid values', canaryOrder({ currency: 'canary', customerId: ['canary'], notes: { canary: 'canary' }, items: 'canary', total: 'canary' })],
  ['invalid items', canaryOrder({ items: [{ sku: '', quantity: 'canary', unitPrice: -1, canary: 'canary' }, 'canary', null] })],
  ['invalid addresses', canaryOrder({ shippingAddress: { 'canary@example.com': 7, 'canary': ['canary'], '': 'canary' } })],
  ['invalid attributes', canaryOrder({ attributes: { 'canary@example.com': { canary: { canary: { canary: { canary: { canary: ['canary'] } } } } } } })],
  ['unknown fields', canaryOrder({ 'canary': 'canary', 'canary@example.com': 'canary', 'colour': 'canary@example.com' })],
  ['text that is too long', canaryOrder({ notes: 'canary '.repeat(300), customerId: 'canary'.repeat(100) })],
  ['a wrong total', canaryOrder({ total: 1 })],
  ['an invalid id', canaryOrder({ orderId: 'canary@example.com' })],
  ['an array instead of an object', ['canary']],
  ['a string instead of an object', 'canary'],
];

/** Bodies that are not JSON, or not the JSON of an object with unique, safe keys. */
export const malformedBodies: readonly string[] = [
  'canary', '{"canary":', '{"notes":"canary","notes":"Canary"}', '{"__proto__":{"canary":"canary"},"constructor":"canary"}', '\u0000canary', '"canary"', '[["canary"]]',
];

/** An error of the AWS SDK whose message quotes the request, as messages of services can. */
export const sdkError = (name = 'ThrottlingException'): Error => Object.assign(new Error('canary@example.com was denied: canary'), { name });

/** Asserts that no log line, no metric and no attribute of a message that was sent contains personal data. */
export function expectNoPersonalDataInLogs(): void {
  const attributes = sentMessages().map(({ MessageAttributes }) => JSON.stringify(MessageAttributes ?? {}));
  expect([...loggedText().split('\n'), ...attributes].filter((text) => /canary/i.test(decoded(text)))).toEqual([]);
}

/** Returns a text with its decoded forms: percent-encoded addresses and base64. */
const decoded = (text: string): string =>
  [text, text.replaceAll('%40', '@'), ...(text.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? []).map((word) => Buffer.from(word, 'base64').toString('latin1'))].join(' ');
