import type { CsvColumn } from './csv-layout';
import { CSV_COLUMN_TYPE } from '../../../../src/private/contract';

/** A cell as JSON, or what it must be. */
export type ConvertedCell = { readonly json: string } | { readonly mustBe: string };

/** Converts a cell that is not empty by the type of its column. Numbers keep all of their digits. */
export function convertCell(cell: string, { type, decimals }: Pick<CsvColumn, 'type' | 'decimals'>, separator: string): ConvertedCell {
  switch (type) {
    case CSV_COLUMN_TYPE.NUMBER: return toNumber(cell, separator);
    case CSV_COLUMN_TYPE.MINOR_UNITS: return toMinorUnits(cell, decimals, separator);
    case CSV_COLUMN_TYPE.BOOL: return cell === 'true' || cell === 'false' ? { json: cell } : { mustBe: 'true or false' };
    default: return { json: JSON.stringify(cell) };
  }
}

const NUMBER = /^(-?)(0|[1-9]\d*)(?:([.,])(\d+))?$/;

function toNumber(cell: string, separator: string): ConvertedCell {
  const [isNumber, sign, whole, mark, fraction] = NUMBER.exec(cell) ?? [];
  if (isNumber === undefined || (mark && mark !== separator)) {
    return { mustBe: `a number such as 12 or 0${separator}5, without signs for thousands or currency` };
  }
  return { json: `${sign}${whole}${fraction ? `.${fraction}` : ''}` };
}

function toMinorUnits(cell: string, decimals: number, separator: string): ConvertedCell {
  const [isNumber, sign, whole, mark, fraction = ''] = NUMBER.exec(cell) ?? [];
  if (isNumber === undefined || (mark && mark !== separator) || fraction.length > decimals) {
    const example = decimals === 0 ? '18' : `18${separator}${'90'.padEnd(decimals, '0').slice(0, decimals)}`;
    return { mustBe: `an amount with at most ${decimals} decimals such as ${example}, without signs for thousands or currency` };
  }
  const units = `${whole}${fraction.padEnd(decimals, '0')}`.replace(/^0+(?=\d)/, '');
  return { json: units === '0' ? units : `${sign}${units}` };
}
