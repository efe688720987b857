/** `@streamparser/json`: emits the elements of the array without keeping them. */
import { JSONParser } from '@streamparser/json';
import { measure } from '../measure';
import { streamFile } from '../stream-file';

void measure((path) => ({
  run: async () => {
    let orders = 0;
    let bytes = 0;
    const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
    parser.onValue = () => { orders++; };
    for await (const chunk of streamFile(path)) {
      bytes += chunk.length;
      parser.write(chunk);
    }
    return { orders, bytes };
  },
}));
