const LINES = [{ sku: 'coffee-1kg', unitPrice: 1890, name: 'Coffee, 1 kg' }, { sku: 'filter-100', unitPrice: 349 }];

/** The first line items with other quantities. */
export const sampleItems = (quantities: readonly number[]): Record<string, unknown>[] =>
  quantities.map((quantity, index) => {
    const amount = quantity * LINES[index].unitPrice;
    return { ...LINES[index], quantity, ...(Number.isInteger(amount) ? {} : { amount: Math.round(amount) }) };
  });

/** An order as a client sends it, with what a test wants to be different. */
export const sampleOrder = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  customerId: 'customer-1',
  currency: 'EUR',
  items: sampleItems([2, 1]),
  ...changes,
});
