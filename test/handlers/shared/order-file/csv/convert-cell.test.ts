import * as fc from 'fast-check';
import { convertCell } from '../../../../../handlers/shared/order-file/csv/convert-cell';
import { CSV_COLUMN_TYPE } from '../../../../../src/private/contract';

const { TEXT, NUMBER, MINOR_UNITS, BOOL, ORDER_ID } = CSV_COLUMN_TYPE;
const convert = (cell: string, type: Parameters<typeof convertCell>[1]['type'], decimals = 0, separator = '.') => {
  const converted = convertCell(cell, { type, decimals }, separator);
  return 'json' in converted ? converted.json : 'refused';
};

test.each(['a', ' a ', '007', 'true', '1e5', '"', '\u2028', '😀'])('text and order IDs are taken as they are: %j', (cell) => {
  expect([convert(cell, TEXT), convert(cell, ORDER_ID)]).toEqual([JSON.stringify(cell), JSON.stringify(cell)]);
});

test.each(['0', '-0', '12', '-3.50', '0.001', '12345678901234567890.1'])('a number keeps its digits: %s', (cell) => {
  expect(convert(cell, NUMBER)).toBe(cell);
  expect(convert(cell.replace('.', ','), NUMBER, 0, ',')).toBe(cell);
});

test.each(['', ' 1', '1 ', '+1', '01', '1.', '.5', '1e5', '1,5', '1.000,5', '0x1', 'NaN', '1.5.2', '1\n', '١', '18.90 €', '-'])('fails when a number is %j', (cell) => {
  expect([convert(cell, NUMBER), convert(cell, MINOR_UNITS, 2)]).toEqual(['refused', 'refused']);
});

test.each<[string, number, string]>([
  ['18.90', 2, '1890'], ['18.9', 2, '1890'], ['18', 2, '1800'], ['0.05', 2, '5'], ['0', 2, '0'], ['-0.00', 2, '0'], ['-1.50', 2, '-150'], ['7', 0, '7'], ['1.234', 3, '1234'],
  ['18.905', 2, 'refused'], ['18.900', 2, 'refused'], ['7.0', 0, 'refused'],
])('%s with %d decimals is %s minor units', (cell, decimals, units) => {
  expect(convert(cell, MINOR_UNITS, decimals)).toBe(units);
});

test('minor units are exact where floating point is not', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 4 }), (units, decimals) => {
    const digits = String(units).padStart(decimals + 1, '0');
    const cell = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
    expect(convert(cell, MINOR_UNITS, decimals)).toBe(String(units));
  }));
});

test.each([['true', 'true'], ['false', 'false'], ['TRUE', 'refused'], ['1', 'refused'], ['yes', 'refused']])('a value that is true or false, %s, is %s', (cell, json) => {
  expect(convert(cell, BOOL)).toBe(json);
});

test('errors state the rule with the separator of the file, and never quote the cell', () => {
  expect(convertCell('canary', { type: MINOR_UNITS, decimals: 3 }, ',')).toEqual({
    mustBe: 'an amount with at most 3 decimals such as 18,900, without signs for thousands or currency',
  });
  expect(convertCell('canary', { type: NUMBER, decimals: 0 }, '.')).toEqual({ mustBe: 'a number such as 12 or 0.5, without signs for thousands or currency' });
});
