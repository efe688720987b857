import { DeployedFiles } from '../support/deployed-files';
import { deployedFunction, killWorkers } from '../support/deployed-function';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { setVisibilityTimeout } from '../support/deployed-queues';
import { eventually } from '../support/eventually';
import { ndjson, sampleOrders } from '../support/order-files';

/** Enough for several checkpoints, each as large as it may be. */
const ORDERS = 2000;
const ITEMS = Array.from({ length: 100 }, (_, index) => ({ sku: `sku-${index}`, quantity: 1, unitPrice: index, name: 'as much as a checkpoint may hold' }));

describe('an extraction that is killed half-way, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  let files: DeployedFiles;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
    files = new DeployedFiles(pipeline.local, pipeline.outputs.FilesBucketName, pipeline.api);
  }, 300_000);
  afterAll(() => pipeline?.stop());

  test('goes on from its checkpoint: every order is confirmed once', async () => {
    const extractOrders = await deployedFunction(pipeline.local, 'FullOrders', 'OrdersFilesExtractOrders');
    await setVisibilityTimeout(pipeline.local, (await pipeline.queue('OrdersFilesValidFilesQueue')).url, 2);
    await files.upload('killed.ndjson', ndjson(sampleOrders('killed', ORDERS).map((order) => ({ ...order, items: ITEMS }))));

    const half = await eventually('the extraction to be half-way', async () => (await files.list('EXTRACTING')).find(({ sent }) => sent > 0), 120);
    expect(half.sent).toBeLessThan(ORDERS);
    expect(killWorkers(extractOrders)).toBeGreaterThan(0);

    const [file] = await files.settled('killed.ndjson', 'COMPLETED', 1, 120);
    expect(file).toMatchObject({ sent: ORDERS, counts: { orders: ORDERS, valid: ORDERS } });
    const events = await pipeline.eventsOfAll('OrderConfirmed', file.fileId, ORDERS);
    expect(new Set(events.map(({ detail }) => detail.metadata.orderId)).size).toBe(ORDERS);
    expect((await pipeline.queue('OrdersFilesValidFilesDeadLetterQueue')).depth).toBe(0);
  }, 400_000);
});
