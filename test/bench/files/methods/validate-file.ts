/** `validate-file` without writing the report: parses and validates every order, and formats its report line. */
import { FileCheck } from '../../../../handlers/shared/files';
import { readOrderFile } from '../../../../handlers/shared/order-file';
import { measure } from '../measure';
import { LIMITS } from '../read-ours';
import { streamFile } from '../stream-file';

/** The number of orders in a gigabyte. */
const MAX_ORDERS = 2_000_000;

void measure((path) => ({
  run: async () => {
    const limits = { ...LIMITS, maxOrders: MAX_ORDERS };
    const check = new FileCheck(limits);
    let bytes = 0;
    const parts = readOrderFile((from) => streamFile(path, from), limits);
    for await (const lines of check.report(counted())) if (lines === '') throw new Error('a part was not reported');
    const { orders, valid } = check.counts;
    if (valid !== orders) throw new Error(`${orders - valid} orders are not valid`);
    return { orders, bytes };

    async function* counted() {
      for await (const part of parts) {
        bytes = part.next.offset;
        yield part;
      }
    }
  },
}));
