/** The size of a measured order as JSON. */
export const ORDER_BYTES = 1057;

const ITEMS = [
  { sku: 'coffee-1kg', name: 'Coffee, whole beans, 1 kg', quantity: 2, unitPrice: 1890 },
  { sku: 'filter-100', name: 'Paper filters, size 4, 100 pieces', quantity: 1, unitPrice: 349 },
  { sku: 'kettle-1l', name: 'Gooseneck kettle, 1 l, steel', quantity: 1, unitPrice: 4900 },
];
const ADDRESS = { name: 'Erika Mustermann', street: 'Heidestrasse 17', postalCode: '51147', city: 'Cologne', country: 'DE', phone: '+49 221 0000000' };

/** An order of the standard model with three line items, as a shop sends it. Its notes make it as large as it is to be. */
export function orderOfSize(orderId: string, bytes = ORDER_BYTES): Record<string, unknown> {
  const order = {
    orderId,
    customerId: 'customer-000001',
    currency: 'EUR',
    total: 9029,
    items: ITEMS,
    shippingAddress: ADDRESS,
    billingAddress: ADDRESS,
    notes: '',
  };
  const missing = bytes - Buffer.byteLength(JSON.stringify(order));
  if (missing < 0) throw new Error(`An order of the measured kind has at least ${bytes - missing} bytes; got --order-bytes ${bytes}.`);
  return { ...order, ...fillers(missing) };
}

/** The maximum length of notes; what is longer is in the attributes of the order. */
const MAX_NOTES = 2000;

function fillers(bytes: number): object {
  if (bytes <= MAX_NOTES) return { notes: textOf(bytes) };
  const used = Buffer.byteLength(JSON.stringify({ attributes: { text: '' } })) - 1;
  return { attributes: { text: textOf(bytes - used) } };
}

const WORDS = (
  'please leave the parcel with our neighbour on second floor if nothing opens and ring twice since bell is broken gift wrapping for kettle only send invoice by mail to '
  + 'accounting department cost centre order purchase do not enclose printed copy card that reads happy birthday deliver before noon call back call first thank you'
).split(' ');

/** A text of so many bytes, the same each time. Its words have no pattern: the history compresses orders, and a repeated parcel would take no space there. */
function textOf(bytes: number): string {
  let text = '';
  for (let random = 1; text.length < bytes; random = (random * 48_271) % 2_147_483_647) text += `${WORDS[random % WORDS.length]},`;
  return text.slice(0, bytes);
}
