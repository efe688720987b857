const entries = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}`.padEnd(64, '€'), '€'.repeat(256)]));

/** The maximum number of items, with names of the maximum length. */
export const LARGE_ITEMS = {
  items: Array.from({ length: 100 }, (_, index) => ({ sku: `${index}`.padEnd(64, '€'), quantity: 1, unitPrice: 1, name: '€'.repeat(256) })), total: 100,
};

/** Nearly the maximum size of attributes; of an address, one entry less, because other changes set one. */
export const LARGE_PATCH = { attributes: { large: '€'.repeat(2600) }, shippingAddress: entries(39) };
