/** The rows and cells of CSV, without orders. */
import { RowSplitter } from '../../../../handlers/shared/order-file/csv/row-splitter';
import { splitCells } from '../../../../handlers/shared/order-file/csv/split-cells';
import { measure } from '../measure';
import { streamFile } from '../stream-file';

void measure((path) => ({
  run: async () => {
    let [rows, bytes] = [0, 0];
    const splitter = new RowSplitter({ offset: 0, line: 1 }, 128 * 1024);
    const take = (row: { bytes: Buffer }) => {
      if (typeof splitCells(row.bytes.toString(), ';') !== 'number') rows++;
      return undefined;
    };
    for await (const chunk of streamFile(path)) {
      bytes += chunk.length;
      splitter.push(Buffer.from(chunk), take);
    }
    splitter.finishFile(take);
    return { orders: Math.floor(rows / 3), bytes };
  },
}));
