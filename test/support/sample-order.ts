/** An order as a client sends it, with what a test wants to be different. */
export const sampleOrder = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  customerId: 'customer-1',
  currency: 'EUR',
  items: [
    { sku: 'coffee-1kg', quantity: 2, unitPrice: 1890, name: 'Coffee, 1 kg' },
    { sku: 'filter-100', quantity: 1, unitPrice: 349 },
  ],
  ...changes,
});
