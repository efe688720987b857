import { eventually } from '../../cli/local/system/eventually';
import { deployedFunction, killWorkers } from '../support/deployed-function';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { setVisibilityTimeout } from '../support/deployed-queues';
import { ndjson, sampleOrders } from '../support/order-files';

/** Enough orders of maximum size for several checkpoints. */
const ORDERS = 2000;
const ITEMS = Array.from({ length: 100 }, (_, index) => ({ sku: `sku-${index}`, quantity: 1, unitPrice: index, name: 'an item name of typical length' }));

describe('an extraction whose process is killed, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start();
  }, 300_000);
  afterAll(() => pipeline?.stop());

  test('continues at its checkpoint and sends every order once', async () => {
    const extractOrders = await deployedFunction(pipeline.local, 'FullOrders', 'OrdersFilesExtractOrders');
    await setVisibilityTimeout(pipeline.local, (await pipeline.queue('OrdersFilesValidFilesQueue')).url, 2);
    await pipeline.files.upload('killed.ndjson', ndjson(sampleOrders('killed', ORDERS).map((order) => ({ ...order, items: ITEMS }))));

    const partial = await eventually('a partly extracted file', async () => (await pipeline.files.list('EXTRACTING')).find(({ sent }) => sent > 0), 120);
    expect(partial.sent).toBeLessThan(ORDERS);
    expect(killWorkers(extractOrders)).toBeGreaterThan(0);

    const [file] = await pipeline.files.waitForState('killed.ndjson', 'COMPLETED', 1, 120);
    expect(file).toMatchObject({ sent: ORDERS, counts: { orders: ORDERS, valid: ORDERS } });
    const events = await pipeline.waitForEvents('OrderConfirmed', file.fileId, ORDERS);
    expect(new Set(events.map(({ detail }) => detail.metadata.orderId)).size).toBe(ORDERS);
    expect((await pipeline.queue('OrdersFilesValidFilesDeadLetterQueue')).depth).toBe(0);
  }, 400_000);
});
