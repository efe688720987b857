import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../../cli/local/system/eventually';
import { followOrders } from '../../demo/around/follow-orders';
import { aroundTotals, unexpectedAround } from '../../demo/around/outcomes';
import { connect, STACK, type DeployedExample } from '../../demo/deployed-example';
import { StepTimer } from '../../demo/step-timer';
import { addsUp, formatTotals } from '../../demo/totals';
import { clientConfig } from '../support/client-config';
import { deployExample } from '../support/deploy-example';
import { startLocalAws, type LocalAws } from '../support/local-aws';
import { sampleOrder } from '../support/sample-order';

describe('the full example with everything around the orders, on a local AWS', () => {
  let local: LocalAws;
  let example: DeployedExample;
  const timer = new StepTimer();
  beforeAll(async () => {
    local = await startLocalAws();
    example = await connect(local, await deployExample('full', STACK, local, {}));
  }, 600_000);
  afterAll(() => local?.stop());

  test('every step of every workflow is accounted for, by the webhook and by live updates as well', async () => {
    const { orders, requests } = await followOrders(example, timer);
    expect(unexpectedAround(orders)).toEqual([]);
    expect(aroundTotals(orders).filter((totals) => !addsUp(totals)).map(formatTotals)).toEqual([]);
    expect(requests.refused).toBeGreaterThan(0);
  }, 600_000);

  test('an order in the queue of the partner is confirmed', async () => {
    await new SQSClient(clientConfig(local)).send(new SendMessageCommand({
      QueueUrl: example.partnerQueueUrl, MessageBody: JSON.stringify(sampleOrder({ orderId: 'of-partner' })),
    }));
    const { body } = await eventually('the order', async () => {
      const response = await example.api.get('of-partner');
      return response.status === 200 ? response : undefined;
    }, 120);
    expect(body).toMatchObject({ orderId: 'of-partner', status: 'CONFIRMED', version: 1 });
  }, 300_000);
});
