import { order } from './scenario';
import { ndjson } from '../test/support/order-files';

/** What should become of a file, and how many of its orders should end how. */
export interface FileExpectation {
  readonly state: 'COMPLETED' | 'REJECTED';
  readonly confirmed: number;
  readonly repeated: number;
  readonly invalid: number;
}

/** One file of the demo. */
export interface DemoFile {
  readonly name: string;
  readonly what: string;
  readonly content: string;
  readonly expected: FileExpectation;
}

const orders = (first: number, count: number): Record<string, unknown>[] => Array.from({ length: count }, (_, index) => order(first + index));

const NIGHTLY: DemoFile = {
  name: 'nightly.json',
  what: '500 orders, as a JSON array',
  content: JSON.stringify(orders(10_000, 500)),
  expected: { state: 'COMPLETED', confirmed: 500, repeated: 0, invalid: 0 },
};

const BAD_LINES: DemoFile = {
  name: 'bad-lines.ndjson',
  what: '20 lines, some of them bad',
  content: ndjson([
    ...orders(20_000, 14), order(20_014, { total: 1 }), order(20_015, { currency: 'XYZ' }), order(20_000), order(20_001, { notes: 'not the same' }), order(10_000),
  ]) + '{"orderId": "order-20019", \n',
  expected: { state: 'COMPLETED', confirmed: 14, repeated: 2, invalid: 4 },
};

const NO_JSON: DemoFile = {
  name: 'no-json.json',
  what: 'a spreadsheet under a wrong name',
  content: 'orderId;customerId;total\n1;you;100\n',
  expected: { state: 'REJECTED', confirmed: 0, repeated: 0, invalid: 0 },
};

const AGAIN: DemoFile = { ...NIGHTLY, what: 'the first file again', expected: { state: 'COMPLETED', confirmed: 0, repeated: 500, invalid: 0 } };

/** The files, in waves; a wave is uploaded when the one before has settled. */
export const FILE_WAVES: readonly (readonly DemoFile[])[] = [[NIGHTLY], [BAD_LINES, NO_JSON, AGAIN]];
