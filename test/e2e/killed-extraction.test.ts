import { DeployedFiles, type FileView } from '../support/deployed-files';
import { deployedFunction, setTimeoutOf, timesKilled } from '../support/deployed-function';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { setVisibilityTimeout } from '../support/deployed-queues';
import { eventually } from '../support/eventually';
import { ndjson, sampleOrders } from '../support/order-files';

/** Too short for a file whose every checkpoint is as large as it may be; and, for a fast machine, shorter still. */
const TOO_SHORT = [2, 1];
const LONG_ENOUGH = 60;
const ORDERS = 900;
const ITEMS = Array.from({ length: 100 }, (_, index) => ({ sku: `sku-${index}`, quantity: 1, unitPrice: index, name: 'as much as a checkpoint may hold' }));

describe('an extraction that is killed half-way, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  let files: DeployedFiles;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
    files = new DeployedFiles(pipeline.local, pipeline.outputs.FilesBucketName, pipeline.api);
  }, 300_000);
  afterAll(() => pipeline?.stop());

  /** Uploads a file and lets its extraction be killed; then it gets the time that it needs. */
  async function uploadAndKill(extractOrders: string): Promise<FileView[]> {
    const completed: FileView[] = [];
    for (const timeout of TOO_SHORT) {
      const name = `killed-${timeout}`;
      await setTimeoutOf(pipeline.local, extractOrders, timeout);
      await files.upload(`${name}.ndjson`, ndjson(sampleOrders(name, ORDERS).map((order) => ({ ...order, items: ITEMS }))));
      await eventually('the extraction to be killed, or done', async () =>
        timesKilled(pipeline.local, extractOrders) > 0 || (await files.list('COMPLETED')).some(({ key }) => key.includes(name)) || undefined, 60);
      await setTimeoutOf(pipeline.local, extractOrders, LONG_ENOUGH);
      completed.push(...await files.settled(`${name}.ndjson`, 'COMPLETED', 1, 120));
      if (timesKilled(pipeline.local, extractOrders) > 0) return completed;
    }
    throw new Error('it was never killed');
  }

  test('goes on from its checkpoint: every order is confirmed once', async () => {
    const extractOrders = await deployedFunction(pipeline.local, 'FullOrders', 'OrdersFilesExtractOrders');
    await setVisibilityTimeout(pipeline.local, (await pipeline.queue('OrdersFilesValidFilesQueue')).url, 2);

    for (const file of await uploadAndKill(extractOrders)) {
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
