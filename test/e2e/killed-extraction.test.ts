import { DeployedFiles, type FileView } from '../support/deployed-files';
import { deployedFunction, setTimeoutOf, timesKilled } from '../support/deployed-function';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { setVisibilityTimeout } from '../support/deployed-queues';
import { ndjson, sampleOrders } from '../support/order-files';

/** A file that needs longer than this. */
const TIMEOUT = 1;
const ORDERS = 2500;

describe('an extraction that is killed half-way, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  let files: DeployedFiles;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
    files = new DeployedFiles(pipeline.local, pipeline.outputs.FilesBucketName, pipeline.api);
  }, 300_000);
  afterAll(() => pipeline?.stop());

  /** Orders grow until sending those of a checkpoint takes so much of the time that the next ones do not fit, on any machine. */
  async function uploadUntilKilled(extractOrders: string): Promise<FileView[]> {
    const completed: FileView[] = [];
    for (const items of [2, 10, 25, 60]) {
      const name = `killed-${items}`;
      const line = Array.from({ length: items }, (_, index) => ({ sku: `sku-${index}`, quantity: 1, unitPrice: index }));
      await files.upload(`${name}.ndjson`, ndjson(sampleOrders(name, ORDERS).map((order) => ({ ...order, items: line }))));
      completed.push(...await files.settled(`${name}.ndjson`, 'COMPLETED', 1, 120));
      if (timesKilled(pipeline.local, extractOrders) > 0) return completed;
    }
    throw new Error('it was never killed');
  }

  test('goes on from its checkpoint: every order is confirmed once', async () => {
    const extractOrders = await deployedFunction(pipeline.local, 'FullOrders', 'OrdersFilesExtractOrders');
    await setTimeoutOf(pipeline.local, extractOrders, TIMEOUT);
    await setVisibilityTimeout(pipeline.local, (await pipeline.queue('OrdersFilesValidFilesQueue')).url, 2 * TIMEOUT);

    for (const file of await uploadUntilKilled(extractOrders)) {
      expect(file).toMatchObject({ sent: ORDERS, counts: { orders: ORDERS, valid: ORDERS } });
      const events = await pipeline.eventsOfAll('OrderConfirmed', file.fileId, ORDERS);
      expect(new Set(events.map(({ detail }) => detail.metadata.orderId)).size).toBe(ORDERS);
      await pipeline.quiet();
      expect(await pipeline.eventsOfAll('OrderConfirmed', file.fileId, ORDERS)).toHaveLength(ORDERS);
      expect(await pipeline.eventsOfAll('OrderRejected', file.fileId, 0)).toEqual([]);
    }
    expect((await pipeline.queue('OrdersFilesValidFilesDeadLetterQueue')).depth).toBe(0);
  }, 400_000);
});
