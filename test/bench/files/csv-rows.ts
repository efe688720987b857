import type { sampleOrder } from './sample-orders';
import type { CsvFormat } from '../../../src/private/contract';

const COLUMNS: CsvFormat['columns'] = [
  ['orderId', 'orderId', '/orderId', false, 0],
  ...['customerId', 'currency', 'placedAt', 'notes'].map((name) => [name, 'text', `/${name}`, false, 0] as const),
  ...['name', 'street', 'city', 'postalCode', 'country'].map((name) => [`address.${name}`, 'text', `/shippingAddress/${name}`, false, 0] as const),
  ['sku', 'text', '/items/-/sku', false, 0],
  ['name', 'text', '/items/-/name', false, 0],
  ['quantity', 'number', '/items/-/quantity', false, 0],
  ['unitPrice', 'minorUnits', '/items/-/unitPrice', false, 2],
];

/** The format of the sample file. */
export const CSV_FORMAT: CsvFormat = { columns: COLUMNS, decimalSeparator: '.' };

export const CSV_HEADER = COLUMNS.map(([name]) => name);

/** The rows of an order, one for each line item. */
export function csvRows({ orderId, customerId, currency, placedAt, notes, shippingAddress, items }: ReturnType<typeof sampleOrder>): string {
  const ofOrder = [orderId, customerId, currency, placedAt, notes, ...Object.values(shippingAddress)].join(';');
  return items.map(({ sku, name, quantity, unitPrice }) => `${ofOrder};${sku};"${name}";${quantity};${(unitPrice / 100).toFixed(2)}\n`).join('');
}
