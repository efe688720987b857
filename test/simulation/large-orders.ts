const entries = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}`.padEnd(64, '€'), '€'.repeat(256)]));

/** So many items, with so long names, as an order can have. */
export const LARGE_ITEMS = {
  items: Array.from({ length: 100 }, (_, index) => ({ sku: `${index}`.padEnd(64, '€'), quantity: 1, unitPrice: 1, name: '€'.repeat(256) })), total: 100,
};

/** And all the rest that it can have; of an address, one entry less, which other changes set. */
export const LARGE_PATCH = { attributes: entries(20), shippingAddress: entries(19) };
