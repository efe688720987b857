import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everythingOn, EVERYTHING_ON_ENV } from './support/everything-on';
import { synthPipeline } from './support/synth';
import { actionsByResource, pascalCase, resourceOf, resourcesOf, roleStatements } from './support/template';
import { reportKey, summaryKey, uploadedFiles, verdictsKey } from '../handlers/shared';
import { InvalidOrderPolicy } from '../src';
import {
  EXPIRY_ATTRIBUTE, FILE_EVENT_TYPE, FILE_KEY, FILES_BY_STATE, HANDLER_ENV, INCOMING_PREFIX, INVALID_ORDER_POLICY, LAYER_MODULE, ORDER_KEY,
  REPORTS_PREFIX, TELEMETRY_ENV, type HandlerName,
} from '../src/private/contract';

const ROOT = join(__dirname, '..');
const HANDLERS = Object.keys(HANDLER_ENV) as HandlerName[];
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const sourcesUnder = (folder: string) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

describe.each([
  ['without props', synthPipeline()],
  ['with everything on', synthPipeline(everythingOn, EVERYTHING_ON_ENV)],
])('in a pipeline %s', (_, { created, template }) => {
  test.each(HANDLERS)('%s gets the environment variables that it reads, and no others', (handler) => {
    const { Variables } = resourceOf(template, 'AWS::Lambda::Function', pascalCase(handler)).properties.Environment;
    expect(Object.keys(Variables).sort()).toEqual([...HANDLER_ENV[handler], ...TELEMETRY_ENV].sort());
  });

  test.each(HANDLERS)('%s is the construct of the same name, in PascalCase', (handler) => {
    const ids = created.node.findAll().map(({ node }) => node.id);
    expect(ids.filter((id) => id === pascalCase(handler))).toHaveLength(1);
  });
});

test('what can be done about invalid orders has the same names on both sides', () => {
  expect({ ...InvalidOrderPolicy }).toEqual(INVALID_ORDER_POLICY);
});

describe('where files are', () => {
  const { template } = synthPipeline();
  const [bucket] = resourcesOf(template, 'AWS::S3::Bucket');

  test('is the same for the bucket and for those who may read and write', () => {
    expect(bucket.properties.NotificationConfiguration.QueueConfigurations).toMatchObject([
      { Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: INCOMING_PREFIX }] } } },
    ]);
    const prefixes = bucket.properties.LifecycleConfiguration.Rules.map(({ Prefix }: { Prefix?: string }) => Prefix);
    expect(prefixes).toEqual([INCOMING_PREFIX, REPORTS_PREFIX, undefined]);
    for (const id of ['ValidateFile', 'ExtractOrders']) {
      expect(Object.keys(actionsByResource(roleStatements(template, id))))
        .toEqual(expect.arrayContaining([`OrdersFilesBucket/${INCOMING_PREFIX}*`, `OrdersFilesBucket/${REPORTS_PREFIX}*`]));
    }
  });

  test.each([reportKey, summaryKey, verdictsKey])('is where the handlers put what they write: %p', (keyOf) => {
    expect(keyOf('0123')).toMatch(new RegExp(`^${REPORTS_PREFIX}0123\\.`));
  });

  test('are no reports, which would be taken for files', () => {
    expect(REPORTS_PREFIX.startsWith(INCOMING_PREFIX) || INCOMING_PREFIX.startsWith(REPORTS_PREFIX)).toBe(false);
    for (const prefix of [INCOMING_PREFIX, REPORTS_PREFIX]) expect(prefix).toMatch(/^[a-z]+\/$/);
  });

  test('is where the handlers look for them, and nowhere else', () => {
    const notification = (key: string) => JSON.stringify({
      Records: [{
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        eventTime: '2026-01-01T00:00:00.000Z',
        s3: { bucket: { name: 'files' }, object: { key, size: 1, eTag: 'd41d8cd98f00b204e9800998ecf8427e', versionId: 'v1', sequencer: '0055' } },
      }],
    });
    expect(uploadedFiles(notification(`${INCOMING_PREFIX}orders.json`))).toMatchObject([{ bucket: 'files', key: `${INCOMING_PREFIX}orders.json` }]);
    expect(uploadedFiles(notification(`${REPORTS_PREFIX}orders.json`))).toEqual([]);
  });
});

describe('the tables', () => {
  const { template } = synthPipeline();
  const table = (id: string) => resourceOf(template, 'AWS::DynamoDB::GlobalTable', id).properties;

  test.each([['OrdersTable', ORDER_KEY], ['FilesTable', FILE_KEY]])('have the keys that the handlers use: %s', (id, key) => {
    expect(table(id)).toMatchObject({
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: EXPIRY_ATTRIBUTE, Enabled: true },
    });
  });

  test('have the index that the handlers ask', () => {
    expect(table('FilesTable').GlobalSecondaryIndexes).toMatchObject([{
      IndexName: FILES_BY_STATE.indexName,
      KeySchema: [{ AttributeName: FILES_BY_STATE.partitionKey, KeyType: 'HASH' }, { AttributeName: FILES_BY_STATE.sortKey, KeyType: 'RANGE' }],
      Projection: { ProjectionType: 'ALL' },
    }]);
  });
});

test.each(Object.values(FILE_EVENT_TYPE))('the event bus lets people subscribe to %s', (type) => {
  expect(read('src', 'order-event-bus.ts')).toContain(`public on${type}(`);
});

test.each(HANDLERS)('%s is named by the construct that has it', (handler) => {
  const sources = sourcesUnder('src').map((file) => read('src', file)).filter((source) => source.includes(`handler: '${handler}'`));
  expect(sources).toHaveLength(1);
});

test('every handler has its entry in the contract, and every entry its handler', () => {
  const files = readdirSync(join(ROOT, 'handlers')).filter((file) => file.endsWith('.ts'));
  expect(files.sort()).toEqual(HANDLERS.map((handler) => `${handler}.ts`).sort());
});

test('every handler has its bundle, and every bundle its handler', () => {
  expect(readdirSync(join(ROOT, 'assets', 'handlers')).sort()).toEqual([...HANDLERS].sort());
});

test.each(HANDLERS)('%s is bundled into one file, which takes what is shared from the layer', (handler) => {
  expect(readdirSync(join(ROOT, 'assets', 'handlers', handler))).toEqual(['index.js']);
  expect(read('assets', 'handlers', handler, 'index.js')).toContain(`require("${LAYER_MODULE}")`);
});

test.each(HANDLERS)('%s reads its own environment, once', (handler) => {
  const names = [...read('handlers', `${handler}.ts`).matchAll(/readEnv\('([^']*)'\)/g)].map(([, name]) => name);
  expect(names).toEqual([handler]);
});

test('nobody reads the environment past the contract', () => {
  const readers = sourcesUnder('handlers').filter((file) => read('handlers', file).includes('process.env'));
  expect(readers).toEqual([join('shared', 'env.ts')]);
});

test('the layer holds no AWS SDK', () => {
  expect(existsSync(join(ROOT, 'assets', 'layer', 'nodejs', 'node_modules', LAYER_MODULE, 'index.js'))).toBe(true);
  expect(readdirSync(join(ROOT, 'assets', 'layer', 'nodejs', 'node_modules'))).toEqual([LAYER_MODULE]);
  expect(read('assets', 'layer', 'nodejs', 'node_modules', LAYER_MODULE, 'index.js')).not.toMatch(/@aws-sdk|@smithy/);
});

test('what is shared imports no AWS SDK, except for its types', () => {
  const importers = sourcesUnder(join('handlers', 'shared')).filter((file) => /^import (?!type).*'@(aws-sdk|smithy)/m.test(read('handlers', 'shared', file)));
  expect(importers).toEqual([]);
});

test('the contract imports nothing', () => {
  expect(read('src', 'private', 'contract.ts')).not.toMatch(/^\s*import\b|\brequire\(|\bfrom '/m);
});
