/** csv-parse: the rows and cells of CSV, without orders. */
import { parse } from 'csv-parse';
import { measure } from '../measure';
import { streamFile } from '../stream-file';

void measure((path) => ({
  run: async () => {
    let [rows, bytes] = [0, 0];
    // It pushes no records, whose stream would take longer than the parser.
    const parser = parse({
      delimiter: ';',
      record_delimiter: ['\r\n', '\n'],
      on_record: () => {
        rows++;
        return null;
      },
    });
    for await (const chunk of streamFile(path)) {
      bytes += chunk.length;
      parser.write(Buffer.from(chunk));
    }
    await new Promise((resolve) => parser.end().on('end', resolve).resume());
    return { orders: Math.floor(rows / 3), bytes };
  },
}));
