import type { JsonSchema } from '../../src/private/order-model/json-schema';

/** What a personal text becomes if it must stay and its schema has no other form. */
export const ERASED = 'erased';

/** Texts of the forms that schemas often require. */
const TEXTS = [
  ERASED, 'Erased', 'ERASED', 'erased@erased.invalid', 'https://erased.invalid/', '1900-01-01', '1900-01-01T00:00:00Z', '00:00:00Z', 'P0D',
  '00000000-0000-0000-0000-000000000000', '192.0.2.0', '2001:db8::', 'erased.invalid', '+10000000000', '0', '-',
];

/**
 * The values that may replace a personal one, the best first: those that its schema has as `const`, `enum` or `examples`, texts and numbers that state nothing,
 * and at last a text of the same form, `Xx-00` for `Ab-12`.
 */
export function neutralValues(value: unknown, schema: JsonSchema): unknown[] {
  const { const: constant, enum: values = [], examples = [] } = schema;
  const given = [...(constant === undefined ? [] : [constant]), ...values as unknown[], ...examples as unknown[]];
  if (typeof value === 'string') return [...new Set([...TEXTS.slice(0, 1), ...given, ...ofLength(schema), ...TEXTS, masked(value)])];
  if (typeof value === 'number') return [...new Set([...given, 0, 1, schema.minimum, schema.maximum].filter((each) => each !== undefined))];
  if (typeof value === 'boolean') return [false, true];
  return Array.isArray(value) ? [[]] : value === null ? [] : [{}];
}

/** The fixed text, as long as its schema requires. */
const ofLength = ({ minLength = 0, maxLength = Infinity }: JsonSchema): string[] =>
  [ERASED.padEnd(minLength as number, '-').slice(0, Math.min(maxLength as number, 1000))];

const masked = (text: string): string => text.replace(/\p{Lu}/gu, 'X').replace(/\p{L}/gu, (sign) => (sign === 'X' ? sign : 'x')).replace(/\p{N}/gu, '0');
