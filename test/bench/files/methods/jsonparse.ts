/** jsonparse: emits each complete value, and keeps the elements of the array until they are removed. */
import Parser from 'jsonparse';
import { measure } from '../measure';
import { streamFile } from '../stream-file';

void measure((path) => ({
  run: async () => {
    let orders = 0;
    let bytes = 0;
    const parser = new Parser();
    parser.onValue = function (this: { stack: unknown[]; value: unknown[] }) {
      if (this.stack.length !== 1) return;
      orders++;
      this.value.length = 0;
    };
    for await (const chunk of streamFile(path)) {
      bytes += chunk.length;
      parser.write(chunk);
    }
    return { orders, bytes };
  },
}));
