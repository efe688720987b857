/** The theoretical limit: parses orders that are already split and in memory. */
import { closeSync, openSync, readSync } from 'node:fs';
import { measure } from '../measure';

const SAMPLE = 50e6;

void measure((path) => {
  const orders = preSplit(path);
  return {
    run: async () => {
      let bytes = 0;
      for (const order of orders) {
        JSON.parse(order.toString());
        bytes += order.length + 1;
      }
      return { orders: orders.length, bytes };
    },
  };
});

function preSplit(path: string): Buffer[] {
  const sample = Buffer.alloc(SAMPLE);
  const file = openSync(path, 'r');
  const length = readSync(file, sample);
  closeSync(file);
  const orders: Buffer[] = [];
  for (let at = 0, end = 0; (end = sample.indexOf('\n', at)) >= 0 && end < length; at = end + 1) orders.push(sample.subarray(at, end));
  return orders;
}
