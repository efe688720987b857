import { ndjson } from '../../test/support/order-files';
import { order } from '../orders/scenario';

/** The expected state of a file and the expected numbers of orders by outcome. */
export interface FileExpectation {
  readonly state: 'COMPLETED' | 'REJECTED';
  readonly confirmed: number;
  readonly repeated: number;
  readonly invalid: number;
}

/** An order file of the demo. */
export interface DemoFile {
  readonly name: string;
  readonly description: string;
  readonly content: string;
  readonly expected: FileExpectation;
}

const orders = (first: number, count: number): Record<string, unknown>[] => Array.from({ length: count }, (_, index) => order(first + index));

const NIGHTLY: DemoFile = {
  name: 'nightly.json',
  description: '500 orders in a JSON array',
  content: JSON.stringify(orders(10_000, 500)),
  expected: { state: 'COMPLETED', confirmed: 500, repeated: 0, invalid: 0 },
};

const BAD_LINES: DemoFile = {
  name: 'bad-lines.ndjson',
  description: '20 lines, 4 of them invalid',
  content: ndjson([
    ...orders(20_000, 14), order(20_014, { total: 1 }), order(20_015, { currency: 'XYZ' }), order(20_000), order(20_001, { notes: 'not the same' }), order(10_000),
  ]) + '{"orderId": "order-20019", \n',
  expected: { state: 'COMPLETED', confirmed: 14, repeated: 2, invalid: 4 },
};

const NOT_JSON: DemoFile = {
  name: 'not-json.json',
  description: 'CSV with a wrong file name extension',
  content: 'orderId;customerId;total\n1;you;100\n',
  expected: { state: 'REJECTED', confirmed: 0, repeated: 0, invalid: 0 },
};

const NIGHTLY_AGAIN: DemoFile = {
  ...NIGHTLY, description: 'same file again', expected: { state: 'COMPLETED', confirmed: 0, repeated: 500, invalid: 0 },
};

/** The files in rounds. A round starts when all files of the previous round are processed. */
export const FILE_ROUNDS: readonly (readonly DemoFile[])[] = [[NIGHTLY], [BAD_LINES, NOT_JSON, NIGHTLY_AGAIN]];
