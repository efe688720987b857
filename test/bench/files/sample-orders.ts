const CITIES = [['Berlin', '10115', 'DE'], ['Zürich', '8001', 'CH'], ['Lyon', '69001', 'FR'], ['Malmö', '21119', 'SE'], ['Graz', '8010', 'AT']];
const PRODUCTS = ['Coffee, whole beans, 1 kg', 'Filter papers, box of 100', 'Hand mill with steel burrs', 'Jug of borosilicate glass', 'Scale, 0.1 g'];

/** Creates a unique valid order with every field, about 582 bytes as JSON. */
export function sampleOrder(number: number) {
  const [city, postalCode, country] = CITIES[number % CITIES.length];
  const items = [0, 1, 2].map((index) => ({
    sku: `SKU-${String((number * 7919 + index) % 100_000).padStart(5, '0')}`,
    quantity: 1 + ((number + index) % 9),
    unitPrice: 199 + ((number * 31 + index) % 5000),
    name: PRODUCTS[(number + index) % PRODUCTS.length],
  }));
  return {
    orderId: `order-${String(number).padStart(9, '0')}`,
    customerId: `customer-${number % 9973}`,
    currency: 'EUR',
    items,
    total: items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
    placedAt: new Date(1_790_000_000_000 + number * 1000).toISOString(),
    shippingAddress: { name: 'Ada Lovelace', street: '12 Example Street', city, postalCode, country },
    notes: 'Ring the bell twice.',
    attributes: { gift: number % 3 === 0, weightKg: (number % 40) / 8 },
  };
}
