import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { run } from '../../../../cli/local/system/run-program';
import { deliverySummary, deliveryView, newDelivery, webhookView, type Delivery } from '../../../../handlers/shared';
import { OrderPipeline, type OrderPipelineProps } from '../../../../src';
import { WEBHOOK_METHODS } from '../../../../src/private/contract';
import { apiOf } from '../../../../src/private/contracts/api-of';
import { contractFiles } from '../../../../src/private/contracts/contract-files';
import { STANDARD_MODEL } from '../../../../src/private/order-model/load-model';
import { sampleWebhook, sampleWebhookEvent, SETTINGS } from '../../../support/sample-webhooks';
import { synth, UNWATCHED } from '../../../support/synth';

interface Document {
  readonly paths: Record<string, Record<string, object>>;
  readonly components: { readonly schemas: Record<string, object> };
}
const documentOf = (props: OrderPipelineProps): Document => {
  const { created } = synth((stack) => new OrderPipeline(stack, 'Orders', { ...UNWATCHED, ...props }));
  return JSON.parse(JSON.stringify(contractFiles(STANDARD_MODEL, apiOf(created.ingest))['openapi.json'])) as Document;
};
const document = documentOf({ webhooks: {} });

test('the OpenAPI document of a pipeline with webhooks has all of their routes and methods', () => {
  for (const [path, methods] of Object.entries(WEBHOOK_METHODS)) {
    const described = Object.keys(document.paths[path]).filter((name) => name !== 'parameters').map((name) => name.toUpperCase());
    expect([path, described.sort()]).toEqual([path, methods.filter((method) => method !== 'HEAD')]);
  }
});

test('it is valid OpenAPI 3.1', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'openapi-')), 'openapi.json');
  writeFileSync(path, JSON.stringify(document));
  await run(process.execPath, [join(__dirname, '..', '..', '..', '..', 'node_modules', '@seriousme', 'openapi-schema-validator', 'bin', 'validate-api-cli.js'), path]);
});

test.each<[string, OrderPipelineProps]>([['without webhooks', {}], ['whose webhooks are not managed over the API', { webhooks: { managementApi: false, endpoints: [{ webhookId: 'erp', url: 'https://example.com' }] } }]])(
  'the document of a pipeline %s has nothing of them', (_, props) => {
    const { paths, components } = documentOf(props);
    expect([...Object.keys(paths), ...Object.keys(components.schemas)].filter((name) => /webhook|deliver/i.test(name))).toEqual([]);
  });

describe('the responses of the handler match', () => {
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }) as never) as unknown as Ajv2020;
  ajv.addSchema(document, 'openapi');
  const errorsOf = (name: string, value: unknown) => {
    const validate = ajv.getSchema(`openapi#/components/schemas/${name}`)!;
    return validate(JSON.parse(JSON.stringify(value))) ? [] : validate.errors;
  };
  const attempt = { attemptedAt: '2026-11-27T08:00:00.000Z', duration: 12, error: 'TIMEOUT' };
  const pending = newDelivery(sampleWebhook(), sampleWebhookEvent(), SETTINGS, 0);
  const failed: Delivery = { ...pending, status: 'FAILED', reason: 'RETRIES_EXHAUSTED', finishedAt: '2026-11-27T08:00:00.000Z', attempts: [attempt], attemptCount: 1, lastAttempt: attempt };

  test('a webhook, one that is disabled, and one of a tenant with all filters', () => {
    const full = sampleWebhook({ owner: 'acme', eventTypes: ['OrderConfirmed'], tags: ['gift'], minimumTotal: 1, ordered: true, maxConcurrency: 2, previousSecretUntil: 4e12 });
    for (const webhook of [sampleWebhook(), full, sampleWebhook({ enabled: false, disabledAt: '2026-11-27T08:00:00.000Z', disabledReason: 'FAILING', failingSince: 1 })]) {
      expect(errorsOf('Webhook', webhookView(webhook, 0))).toEqual([]);
    }
    expect(errorsOf('CreatedWebhook', { ...webhookView(full, 0), secret: 'whsec_a' })).toEqual([]);
    expect(errorsOf('CreatedWebhook', webhookView(full, 0))).not.toEqual([]);
  });

  test('deliveries in lists and alone', () => {
    for (const delivery of [pending, failed]) {
      expect(errorsOf('DeliverySummary', deliverySummary(delivery))).toEqual([]);
      expect(errorsOf('Delivery', deliveryView(delivery))).toEqual([]);
    }
    expect(errorsOf('Delivery', deliverySummary(failed))).not.toEqual([]);
  });

  test('requests', () => {
    expect(errorsOf('NewWebhook', { url: 'https://example.com', currencies: ['EUR'] })).toEqual([]);
    expect(errorsOf('NewWebhook', { url: 'https://example.com', secret: 'mine' })).not.toEqual([]);
    expect(errorsOf('WebhookChange', { currencies: null, enabled: true })).toEqual([]);
    expect(errorsOf('WebhookChange', { url: null })).not.toEqual([]);
  });
});
