/** `extract-orders` without sending: reads the valid orders of a file and packs them into batches. */
import { extractionBatches, newFileRecord } from '../../../../handlers/shared/files';
import { pack } from '../../../../handlers/shared/messaging/pack';
import { readOrderFile } from '../../../../handlers/shared/order-file';
import { measure } from '../measure';
import { LIMITS } from '../read-ours';
import { SAMPLE_UPLOAD } from '../sample-upload';
import { streamFile } from '../stream-file';

/** The limits of SendMessageBatch. */
const BATCH = { count: 10, bytes: 256 * 1024 };

void measure((path) => ({
  run: async () => {
    const file = newFileRecord(SAMPLE_UPLOAD, { limits: LIMITS, onExistingOrder: 'REJECT', hasTenants: false, retentionSeconds: 3600 }, new Date());
    let [orders, bytes, sent] = [0, 0, 0];
    const parts = readOrderFile((from) => streamFile(path, from), LIMITS);
    for await (const { messages, next } of extractionBatches(file, parts, () => true, () => false)) {
      for (const batch of pack(messages, BATCH, ({ MessageBody }) => Buffer.byteLength(MessageBody!))) sent += batch.length;
      [orders, bytes] = [next.index, next.offset];
    }
    if (sent !== orders) throw new Error(`${orders - sent} orders were not sent`);
    return { orders, bytes };
  },
}));
