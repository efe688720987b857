/**
 * Whether a JSON number keeps its value as a JavaScript number.
 *
 * `9007199254740993`, `1e400` and `0.1234567890123456789` do not: they would be stored as other numbers than were sent.
 */
export function isExactNumber(literal: string): boolean {
  const value = Number(literal);
  return Number.isFinite(value) && normalDecimal(literal) === normalDecimal(String(value));
}

/** A decimal literal, sign aside, in one form: its significant digits and the power of ten of the last of them. */
function normalDecimal(literal: string): string {
  const [mantissa, power = '0'] = literal.replace(/^-/, '').toLowerCase().split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  return significant === '' ? '0' : `${significant}e${Number(power) - fraction.length + digits.length - significant.length}`;
}
