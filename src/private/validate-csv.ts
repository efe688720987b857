import { Token } from 'aws-cdk-lib';
import type { CsvOptions } from '../csv-options';
import { CSV_COLUMN_TYPE, CSV_DELIMITERS, type CsvColumnFormat } from './contract';
import { columnsOf } from './csv-format';
import { isWithin } from './order-model/schema-pointer';
import { integerBetween, type ValidationError } from './validate';

const DELIMITERS = [...CSV_DELIMITERS, '|'];
const MAX_NAME_LENGTH = 128;
/** The step that stands for a new line item. */
const NEW_ITEM = '-';

/** Validates the prop `csv`, which becomes one environment variable. */
export function validateCsv(csv: CsvOptions | undefined): ValidationError[] {
  if (csv === undefined) return [];
  const { delimiter, decimalSeparator } = csv;
  if (Token.isUnresolved(JSON.stringify(csv))) return ['`csv` must be known at synth, because its columns are compared with each other'];
  const columns = columnsOf(csv.columns);
  return [
    delimiter === undefined || DELIMITERS.includes(delimiter) ? undefined : `\`csv.delimiter\` must be a comma, a semicolon, a tab or |, got ${JSON.stringify(delimiter)}`,
    decimalSeparator === undefined || decimalSeparator === '.' || decimalSeparator === ','
      ? undefined : `\`csv.decimalSeparator\` must be . or ,, got ${JSON.stringify(decimalSeparator)}`,
    validateOrderId(columns),
    ...columns.flatMap(validateColumn),
    ...validatePointers(columns.filter(([, type, pointer]) => type !== CSV_COLUMN_TYPE.IGNORED && !wrongPointer(type, pointer))),
  ];
}

function validateOrderId(columns: readonly CsvColumnFormat[]): ValidationError {
  const names = columns.filter(([, type]) => type === CSV_COLUMN_TYPE.ORDER_ID).map(([name]) => name);
  return names.length === 1 ? undefined : `\`csv.columns\` must have one CsvColumn.orderId(), got ${names.length === 0 ? 'none' : names.join(', ')}`;
}

function validateColumn([name, type, pointer, , decimals]: CsvColumnFormat): ValidationError[] {
  const prop = `csv.columns.${name}`;
  const wrong = type === CSV_COLUMN_TYPE.IGNORED ? undefined : wrongPointer(type, pointer);
  const isName = name.length > 0 && name.length <= MAX_NAME_LENGTH && name.trim() === name && !/\p{Cc}/u.test(name);
  return [
    isName ? undefined : `the names of \`csv.columns\` must have 1 to ${MAX_NAME_LENGTH} characters, without spaces around them and control characters, got ${JSON.stringify(name)}`,
    wrong && `\`${prop}\` ${wrong}, got ${JSON.stringify(pointer)}`,
    integerBetween(`${prop} decimals`, decimals, 0, 4),
  ];
}

/** Returns the rule that a pointer violates by itself. */
function wrongPointer(type: string, pointer: string): string | undefined {
  const steps = pointer.split('/').slice(1);
  const at = steps.indexOf(NEW_ITEM);
  if (!/^(\/([^~/]|~[01])+)+$/.test(pointer)) return 'must have a JSON Pointer such as /customerId or /items/-/sku';
  if (steps.some((step) => /^\d+$/.test(step))) return 'must have a JSON Pointer without indexes; only - for a new line item';
  if (steps.includes('__proto__')) return 'must have a JSON Pointer without __proto__';
  if (at < 0) return undefined;
  if (at === 0 || at === steps.length - 1 || at !== steps.lastIndexOf(NEW_ITEM)) return 'must have a JSON Pointer with one -, between other steps';
  return type === CSV_COLUMN_TYPE.ORDER_ID ? 'must be a field of the order, because it is the order ID' : undefined;
}

/** Line items are one list. Two columns cannot be one field, or a field and an object around it. */
function validatePointers(columns: readonly CsvColumnFormat[]): ValidationError[] {
  const ofItems = columns.filter(([, , pointer]) => listOf(pointer));
  const list = ofItems.length > 0 ? listOf(ofItems[0][2])! : undefined;
  const isElsewhere = (pointer: string) => list !== undefined && (listOf(pointer) ?? list) !== list;
  const isOver = (pointer: string) => list !== undefined && listOf(pointer) === undefined && overlap(pointer, list);
  return [
    ...columns.filter(([, , pointer]) => isElsewhere(pointer) || isOver(pointer)).map(([name, , pointer]) =>
      `\`csv.columns.${name}\` must be ${isOver(pointer) ? 'a field beside' : 'in'} the list of line items ${list}, got ${pointer}`),
    ...columns.flatMap(([name, , pointer], index) => columns.slice(index + 1)
      .filter(([, , each]) => overlap(pointer, each) && (listOf(pointer) === undefined) === (listOf(each) === undefined))
      .map(([otherName, , each]) => `\`csv.columns\` ${name} and ${otherName} must be different fields, got ${pointer} and ${each}`)),
  ];
}

/** Returns the pointer of the list of line items, such as `/items`, for a field of these. */
function listOf(pointer: string): string | undefined {
  const at = pointer.indexOf(`/${NEW_ITEM}/`);
  return at > 0 ? pointer.slice(0, at) : undefined;
}

const overlap = (pointer: string, other: string): boolean => isWithin(pointer, other) || isWithin(other, pointer);
