import { join } from 'node:path';
import { eventually } from '../../cli/local/system/eventually';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { sampleOrder } from '../support/sample-order';

describe('orders that are confirmed by a decision, on a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start(join(__dirname, 'confirmation'), 'ConfirmedOrders');
  }, 300_000);
  afterAll(() => pipeline?.stop());

  const place = (orderId: string, notes: string) => pipeline.api.post(sampleOrder({ orderId, notes }));
  const eventTypesOf = async (orderId: string): Promise<string[]> => {
    const { body } = await pipeline.api.request(`/orders/${orderId}/events`, {});
    return (body.items as { type: string }[]).map(({ type }) => type);
  };
  const decide = (orderId: string, decisionId: string, decision: string) =>
    pipeline.bus.publish('OrderConfirmationDecided', { orderId, eventId: `${orderId}-${decision}` }, { decisionId, decision });

  test('the function confirms an order', async () => {
    expect((await place('confirm-1', 'confirm')).status).toBe(202);
    expect((await pipeline.waitForStatus('confirm-1', 'CONFIRMED')).body).toMatchObject({ version: 2, order: { notes: 'confirm' } });
    await eventually('history of confirm-1', async () => ((await eventTypesOf('confirm-1')).length === 4 ? true : undefined));
    expect(await eventTypesOf('confirm-1')).toEqual(['OrderValidated', 'OrderPending', 'OrderConfirmationDecided', 'OrderConfirmed']);
  });

  test('the function rejects an order, which can then be placed again', async () => {
    await place('confirm-2', 'reject');
    expect((await pipeline.waitForStatus('confirm-2', 'REJECTED')).body).toMatchObject({
      rejection: { code: 'NOT_CONFIRMED', errors: [{ code: 'CARD_DECLINED', message: 'the card was declined' }] },
    });
    await place('confirm-2', 'confirm');
    await pipeline.waitForStatus('confirm-2', 'CONFIRMED');
  });

  test('another system decides later, and a cancellation before that wins', async () => {
    await Promise.all([place('confirm-3', 'later'), place('confirm-4', 'later')]);
    const { body: { confirmation } } = await pipeline.waitForStatus('confirm-3', 'PENDING');
    const { body: { confirmation: ofCancelled } } = await pipeline.waitForStatus('confirm-4', 'PENDING');
    expect((await pipeline.api.request('/orders?status=PENDING', {})).body.items.length).toBeGreaterThanOrEqual(1);

    await decide('confirm-3', confirmation.decisionId, 'CONFIRM');
    await pipeline.waitForStatus('confirm-3', 'CONFIRMED');

    await pipeline.api.cancel('confirm-4', { reason: 'too late' });
    await pipeline.waitForStatus('confirm-4', 'CANCELLED');
    await decide('confirm-4', ofCancelled.decisionId, 'CONFIRM');
    expect((await pipeline.waitForEvent('confirm-4', 'OrderConfirmationRefused')).detail.data).toMatchObject({ code: 'ORDER_CANCELLED' });
  });

  test('the orders of a file count when they are decided', async () => {
    const lines = ['confirm', 'reject', 'confirm'].map((notes, index) => JSON.stringify(sampleOrder({ orderId: `confirm-file-${index}`, notes })));
    await pipeline.files.upload('confirm.ndjson', lines.join('\n'));
    const [{ fileId }] = await pipeline.files.waitForState('confirm.ndjson', 'COMPLETED');
    const { outcomes } = await pipeline.files.waitUntilProcessed(fileId);
    expect(outcomes).toMatchObject({ confirmed: 2, rejected: 1, pending: 0 });
  });
});
