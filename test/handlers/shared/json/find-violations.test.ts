import * as fc from 'fast-check';
import { isExactNumber } from '../../../../handlers/shared/json/find-violations';

test('every number formatted by JavaScript is exact', () => {
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    expect(isExactNumber(JSON.stringify(value))).toBe(true);
  }));
});

test('a number is exact in any notation', () => {
  const forms = fc.tuple(fc.integer(), fc.nat(20), fc.nat(20)).map(([value, zeros, power]) => [
    `${value}.${'0'.repeat(zeros + 1)}`, `${value}${'0'.repeat(power)}E-${power}`, `${value}e+0`,
  ]);
  fc.assert(fc.property(forms, (literals) => {
    expect(literals.filter((literal) => !isExactNumber(literal))).toEqual([]);
  }));
});

test('an integer is kept exactly when JavaScript writes it with the same digits', () => {
  const withoutExponent = 10n ** 21n - 1n;
  fc.assert(fc.property(fc.bigInt({ min: -withoutExponent, max: withoutExponent }), (value) => {
    expect(isExactNumber(String(value))).toBe(String(Number(value)) === String(value));
  }));
});

test('every integer up to 2^53 is kept', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => {
    expect(isExactNumber(String(value))).toBe(true);
  }));
});

test.each(['0', '-0', '0.0', '0e5', '1', '-1.5', '1.50', '1e3', '1E+3', '0.1', '9007199254740991', '9007199254740994', '1e300', '5e-324'])('%s is kept', (literal) => {
  expect(isExactNumber(literal)).toBe(true);
});

test.each([
  '9007199254740993', '-9007199254740993', '1e400', '-1e400', '1e-400', '0.1234567890123456789', '1.0000000000000000001', '123456789012345678901',
])('rejects %s, which would become another number', (literal) => {
  expect(isExactNumber(literal)).toBe(false);
});
