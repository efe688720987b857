const CITIES = [['Berlin', '10115', 'DE'], ['Zürich', '8001', 'CH'], ['Lyon', '69001', 'FR'], ['Malmö', '21119', 'SE'], ['Graz', '8010', 'AT']];
const THINGS = ['Coffee, whole beans, 1 kg', 'Filter papers, box of 100', 'Hand mill with steel burrs', 'Jug of borosilicate glass', 'Scale, 0.1 g'];

/** A valid order with every field there is; about 582 bytes as JSON, and no two alike. */
export function sampleOrder(number: number) {
  const [city, postalCode, country] = CITIES[number % CITIES.length];
  const items = [0, 1, 2].map((line) => ({
    sku: `SKU-${String((number * 7919 + line) % 100_000).padStart(5, '0')}`,
    quantity: 1 + ((number + line) % 9),
    unitPrice: 199 + ((number * 31 + line) % 5000),
    name: THINGS[(number + line) % THINGS.length],
  }));
  return {
    orderId: `order-${String(number).padStart(9, '0')}`,
    customerId: `customer-${number % 9973}`,
    currency: 'EUR',
    items,
    total: items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
    placedAt: new Date(1_790_000_000_000 + number * 1000).toISOString(),
    shippingAddress: { name: 'Ada Lovelace', street: '12 Example Street', city, postalCode, country },
    notes: 'Leave it at the door.',
    attributes: { gift: number % 3 === 0, weightKg: (number % 40) / 8 },
  };
}
