import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { eventually } from '../../cli/local/system/eventually';
import { clientConfig } from '../support/client-config';
import { deployedFunction } from '../support/deployed-function';
import { DeployedPipeline } from '../support/deployed-pipeline';
import { sampleOrder } from '../support/sample-order';

interface Statement {
  readonly Action: string | string[];
}

describe('the permissions of the functions, enforced by a local AWS', () => {
  let pipeline: DeployedPipeline;
  beforeAll(async () => {
    pipeline = await DeployedPipeline.start(join(__dirname, 'enforced-permissions'), 'FullOrders', { enforcesPermissions: true });
  }, 300_000);
  afterAll(() => pipeline?.stop());

  /** How often the local AWS has denied a request of a function. */
  const denials = () => readFileSync(pipeline.local.logFile, 'utf8').split('AccessDenied').length - 1;

  test('suffice for an order that is placed, changed, cancelled and listed', async () => {
    expect((await pipeline.api.post(sampleOrder({ orderId: 'iam-1' }))).status).toBe(202);
    await pipeline.waitForStatus('iam-1', 'CONFIRMED');
    expect((await pipeline.api.patch('iam-1', { notes: 'leave it at the reception' })).status).toBe(202);
    await pipeline.waitForEvent('iam-1', 'OrderChanged');
    expect((await pipeline.api.cancel('iam-1', { reason: 'ordered twice' })).status).toBe(202);
    await pipeline.waitForStatus('iam-1', 'CANCELLED');
    await pipeline.waitForEvent('iam-1', 'OrderCancelled');
    expect(await pipeline.api.request('/orders?customerId=customer-1', {})).toMatchObject({ status: 200, body: { items: [{ orderId: 'iam-1' }] } });
    await eventually('the history', async () => (await historyOf('iam-1')).includes('OrderCancelled') || undefined);
  });

  test('suffice for a file with a valid and an invalid order', async () => {
    await pipeline.files.upload('iam.json', JSON.stringify([sampleOrder({ orderId: 'iam-2' }), sampleOrder({ orderId: 'iam-3', total: 1 })]));
    await pipeline.waitForStatus('iam-2', 'CONFIRMED');
    expect(denials()).toBe(0);
  });

  describe('are all needed:', () => {
    test('without sqs:SendMessage, receive-order accepts no order', async () => {
      await withoutAction('OrdersIngestReceiveOrder', 'sqs:SendMessage', async () => {
        expect((await pipeline.api.post(sampleOrder({ orderId: 'iam-4' }))).status).toBeGreaterThanOrEqual(500);
      });
      expect((await pipeline.api.post(sampleOrder({ orderId: 'iam-4' }))).status).toBe(202);
    });

    test('without dynamodb:GetItem, query-orders returns no order', async () => {
      await withoutAction('OrdersQueriesQueryOrders', 'dynamodb:GetItem', async () => {
        expect((await pipeline.api.get('iam-1')).status).toBeGreaterThanOrEqual(500);
      });
      expect((await pipeline.api.get('iam-1')).status).toBe(200);
    });

    test.each([['OrdersIngestValidateOrder', 'dynamodb:PutItem'], ['OrdersProcessorProcessOrder', 'dynamodb:PutItem']])(
      'without %s %s, an order is not confirmed, but retried', async (id, action) => {
        const orderId = `iam-${id}`;
        const before = denials();
        await withoutAction(id, action, async () => {
          expect((await pipeline.api.post(sampleOrder({ orderId }))).status).toBe(202);
          await eventually('a denied request', async () => denials() > before || undefined);
          expect((await pipeline.eventsOf(orderId)).map((event) => event['detail-type'])).not.toContain('OrderConfirmed');
        });
        await pipeline.waitForEvent(orderId, 'OrderConfirmed');
      },
    );

    test('without dynamodb:PutItem, record-order-event records no event, but retries', async () => {
      const before = denials();
      await withoutAction('OrdersHistoryRecordOrderEvent', 'dynamodb:PutItem', async () => {
        expect((await pipeline.api.post(sampleOrder({ orderId: 'iam-history' }))).status).toBe(202);
        await eventually('a denied request', async () => denials() > before || undefined);
        expect(await historyOf('iam-history')).not.toContain('OrderConfirmed');
      });
      await eventually('the history', async () => (await historyOf('iam-history')).includes('OrderConfirmed') || undefined);
    });
  });

  const historyOf = async (orderId: string): Promise<string[]> => {
    const { body } = await pipeline.api.request(`/orders/${orderId}/events`, {});
    return (body.items ?? []).map(({ type }: { type: string }) => type);
  };

  /** Does some work while the role of a function has no statement with an action. */
  async function withoutAction(id: string, action: string, work: () => Promise<void>): Promise<void> {
    const restore = await removeAction(id, action);
    try {
      await work();
    } finally {
      await restore();
    }
  }

  async function removeAction(id: string, action: string): Promise<() => Promise<unknown>> {
    const lambda = new LambdaClient(clientConfig(pipeline.local));
    const iam = new IAMClient(clientConfig(pipeline.local));
    const functions = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: await deployedFunction(pipeline.local, 'FullOrders', id) }));
    const RoleName = functions.Role!.split('/').at(-1)!;
    const { PolicyNames: [PolicyName] = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const document = JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: Statement[] };
    const put = (Statement: readonly Statement[]) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify({ ...document, Statement }) }));
    const kept = document.Statement.filter(({ Action }) => ![Action].flat().includes(action));
    expect(kept.length).toBeLessThan(document.Statement.length);
    await put(kept);
    return () => put(document.Statement);
  }
});
