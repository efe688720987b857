import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everythingOn, EVERYTHING_ON_ENV } from './support/everything-on';
import { listedOrder, minute } from './support/listed-orders';
import { DEFAULT_HANDLERS, HANDLERS } from './support/optional-handlers';
import { PIPELINE_HANDLERS } from './support/pipeline-handlers';
import { synthPipeline } from './support/synth';
import { actionsByResource, pascalCase, resourceOf, resourcesOf, roleStatements, type Resource } from './support/template';
import { orderSummary, reportKey, summaryKey, uploadedFiles, selectionKey } from '../handlers/shared';
import { ExistingOrderPolicy, InvalidOrderPolicy, OrderChannel } from '../src';
import { METRICS_NAMESPACE } from '../src/private/bundled-function';
import {
  CHANNEL, DEAD_LETTERED_OUTCOMES, OUTCOME_CODE_DIMENSION, EVENT_TYPE, EXISTING_ORDER_POLICY, EXPIRY_ATTRIBUTE, FILE_EVENT_TYPE, FILE_KEYS,
  FILES_BY_STATE, HANDLER_ENV, HISTORY_KEYS,
  INCOMING_PREFIX, INVALID_ORDER_POLICY, OPTIONAL_ENV, ORDER_KEY, ORDER_MODEL_HANDLERS, ORDER_MODEL_MODULE, ORDER_SUMMARY, ORDERS_BY_CUSTOMER,
  ORDERS_BY_EXTERNAL_REFERENCE, ORDERS_BY_PENDING_UNTIL,
  ORDERS_BY_STATUS, REFUSAL_CODE, REJECTION_CODE, REPORTS_PREFIX, SEQUENCE_KEYS, TELEMETRY_ENV, VISIBLE_UNTIL_ATTRIBUTE,
  WEBHOOK_EVENT_TYPE, WITHOUT_HOOK, type HandlerName,
} from '../src/private/contract';

const ROOT = join(__dirname, '..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const sourcesUnder = (folder: string) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** What a handler gets only where the app asks for what it is for. */
const optionalEnv = (handler: HandlerName): readonly string[] => (OPTIONAL_ENV as Partial<Record<HandlerName, readonly string[]>>)[handler] ?? [];

/** The history, in which two handlers record what they publish, is on by default. */
const withHistory = (handler: HandlerName): readonly string[] => optionalEnv(handler).filter((name) => RECORDERS.includes(handler) && name.startsWith('HISTORY_'));
const RECORDERS: readonly HandlerName[] = ['validate-order', 'publish-order-changes'];

const minimal = synthPipeline();

describe.each([
  ['without props', minimal, DEFAULT_HANDLERS, withHistory],
  ['with everything on', synthPipeline(everythingOn, EVERYTHING_ON_ENV), PIPELINE_HANDLERS, optionalEnv],
])('in a pipeline %s', (_, { created, template }, handlers, besides: typeof optionalEnv) => {
  test.each(handlers)('%s gets the environment variables that it needs, those it is asked to use, and no others', (handler) => {
    const { Variables } = resourceOf(template, 'AWS::Lambda::Function', pascalCase(handler)).properties.Environment;
    expect(Object.keys(Variables).sort()).toEqual([...HANDLER_ENV[handler], ...besides(handler), ...TELEMETRY_ENV].sort());
  });

  test('there is no function without a handler', () => {
    expect(resourcesOf(template, 'AWS::Lambda::Function')).toHaveLength(handlers.length);
  });

  test.each(handlers)('%s is the construct of the same name, in PascalCase', (handler) => {
    const ids = created.node.findAll().map(({ node }) => node.id);
    expect(ids.filter((id) => id === pascalCase(handler))).toHaveLength(1);
  });
});

test('the invalid order policies are the same in the API and the contract', () => {
  expect({ ...InvalidOrderPolicy }).toEqual(INVALID_ORDER_POLICY);
});

test('the policies for existing orders are the same in the API and the contract', () => {
  expect({ ...ExistingOrderPolicy }).toEqual(EXISTING_ORDER_POLICY);
});

test('the channels are the same in the API and the contract', () => {
  expect({ ...OrderChannel }).toEqual(CHANNEL);
});

describe('where files are', () => {
  const { template } = minimal;
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

  test.each([reportKey, summaryKey, selectionKey])('is where the handlers put what they write: %p', (keyOf) => {
    expect(keyOf({ fileId: '0123' })).toMatch(new RegExp(`^${REPORTS_PREFIX}0123\\.`));
  });

  test('are not reports, which would be taken for files', () => {
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

test.each(HANDLERS)('no environment variable is both needed and optional: %s', (handler) => {
  const needed: readonly string[] = HANDLER_ENV[handler];
  expect(optionalEnv(handler).filter((name) => needed.includes(name))).toEqual([]);
});

describe('the tables', () => {
  const { template } = minimal;
  const table = (id: string) => resourceOf(template, 'AWS::DynamoDB::GlobalTable', id).properties;
  const keySchema = (partitionKey: string, sortKey?: string) => [
    { AttributeName: partitionKey, KeyType: 'HASH' }, ...(sortKey === undefined ? [] : [{ AttributeName: sortKey, KeyType: 'RANGE' }]),
  ];
  const indexesOf = (id: string): Record<string, { KeySchema: object[]; Projection: { ProjectionType: string; NonKeyAttributes?: string[] } }> =>
    Object.fromEntries(table(id).GlobalSecondaryIndexes.map(({ IndexName, ...index }: { IndexName: string }) => [IndexName, index]));

  test.each<[string, string, string | undefined]>([
    ['OrdersTable', ORDER_KEY, undefined],
    ['FilesTable', FILE_KEYS.partitionKey, FILE_KEYS.sortKey],
    ['SequenceTable', SEQUENCE_KEYS.partitionKey, SEQUENCE_KEYS.sortKey],
    ['HistoryTable', HISTORY_KEYS.partitionKey, HISTORY_KEYS.sortKey],
  ])('have the keys that the handlers use: %s', (id, partitionKey, sortKey) => {
    expect(table(id)).toMatchObject({
      KeySchema: keySchema(partitionKey, sortKey),
      TimeToLiveSpecification: { AttributeName: EXPIRY_ATTRIBUTE, Enabled: true },
    });
  });

  test('have the index of files that the handlers ask', () => {
    expect(indexesOf('FilesTable')).toEqual({
      [FILES_BY_STATE.indexName]: { KeySchema: keySchema(FILES_BY_STATE.partitionKey, FILES_BY_STATE.sortKey), Projection: { ProjectionType: 'ALL' } },
    });
  });

  test.each([ORDERS_BY_CUSTOMER, ORDERS_BY_STATUS, ORDERS_BY_EXTERNAL_REFERENCE, ORDERS_BY_PENDING_UNTIL])(
    'have the index of orders that the handlers ask: $indexName', ({ indexName, partitionKey, sortKey }) => {
      expect(indexesOf('OrdersTable')[indexName].KeySchema).toEqual(keySchema(partitionKey, sortKey));
    },
  );

  test('have no other index', () => {
    const indexes = [ORDERS_BY_CUSTOMER, ORDERS_BY_STATUS, ORDERS_BY_EXTERNAL_REFERENCE, ORDERS_BY_PENDING_UNTIL];
    expect(Object.keys(indexesOf('OrdersTable'))).toEqual(indexes.map(({ indexName }) => indexName));
    for (const id of ['OrdersTable', 'FilesTable', 'SequenceTable', 'HistoryTable']) expect(table(id)).not.toHaveProperty('LocalSecondaryIndexes');
    for (const id of ['SequenceTable', 'HistoryTable']) expect(table(id)).not.toHaveProperty('GlobalSecondaryIndexes');
  });

  describe.each([ORDERS_BY_CUSTOMER, ORDERS_BY_STATUS, ORDERS_BY_EXTERNAL_REFERENCE])('have an index, $indexName,', ({ indexName, partitionKey, sortKey }) => {
    const projected: readonly string[] = [ORDER_KEY, partitionKey, sortKey, ...indexesOf('OrdersTable')[indexName].Projection.NonKeyAttributes ?? []];

    test('with all attributes of a list, and the attribute that hides rejected orders', () => {
      expect(projected).toEqual(expect.arrayContaining([...ORDER_SUMMARY, VISIBLE_UNTIL_ATTRIBUTE]));
    });

    test('which names no attribute twice: DynamoDB would refuse it', () => {
      expect(new Set(projected).size).toBe(projected.length);
    });

    test.each(['CONFIRMED', 'REJECTED'] as const)('which is enough for a list: an order is shown the same from it as from the whole item: %s', (status) => {
      const item = listedOrder({ orderId: 'order-1', status, externalReference: '#1001', placedAt: minute(1) });
      const indexed = Object.fromEntries(Object.entries(item).filter(([name]) => projected.includes(name))) as unknown as typeof item;
      expect(orderSummary(indexed)).toEqual(orderSummary(item));
    });
  });

  test('have, where a handler writes an item, the types that the keys want', () => {
    const types = Object.fromEntries(table('OrdersTable').AttributeDefinitions
      .map(({ AttributeName, AttributeType }: { AttributeName: string; AttributeType: string }) => [AttributeName, AttributeType]));
    const item = listedOrder({ orderId: 'order-1', externalReference: '#1001' }) as unknown as Record<string, unknown>;
    const indexes = [ORDERS_BY_CUSTOMER, ORDERS_BY_STATUS, ORDERS_BY_EXTERNAL_REFERENCE];
    for (const name of [ORDER_KEY, ...indexes.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])]) {
      expect([name, types[name], typeof item[name]]).toEqual([name, 'S', 'string']);
    }
    expect([types[ORDERS_BY_PENDING_UNTIL.partitionKey], types[ORDERS_BY_PENDING_UNTIL.sortKey]]).toEqual(['S', 'N']);
  });
});

describe('the codes', () => {
  const sources = sourcesUnder('handlers').map((file) => read('handlers', file));
  const namedIn = (constant: string) => new Set(sources.flatMap((source) => [...source.matchAll(new RegExp(`\\b${constant}\\.(\\w+)`, 'g'))].map(([, name]) => name)));

  test.each<[string, Record<string, string>]>([['REJECTION_CODE', REJECTION_CODE], ['REFUSAL_CODE', REFUSAL_CODE]])(
    'of %s are those that handlers give, each by its name', (constant, codes) => {
      expect([...namedIn(constant)].sort()).toEqual(Object.keys(codes).sort());
      for (const [name, code] of Object.entries(codes)) expect(code).toBe(name);
    },
  );

  test('are written by hand nowhere in the handlers', () => {
    const ownCodes = [...Object.keys(REJECTION_CODE), ...Object.keys(REFUSAL_CODE)];
    const byHand = sources.flatMap((source) => [...source.matchAll(/\bcode: '(\w+)'/g)].map(([, code]) => code)).filter((code) => ownCodes.includes(code));
    expect(byHand).toEqual([]);
  });
});

test.each(Object.entries({ ...EVENT_TYPE, ...FILE_EVENT_TYPE, ...WEBHOOK_EVENT_TYPE }))('the name of an event is its key, in PascalCase: %s', (key, type) => {
  expect(type).toBe(pascalCase(key.toLowerCase().replaceAll('_', '-')));
});

test.each([...Object.values(EVENT_TYPE), ...Object.values(FILE_EVENT_TYPE), ...Object.values(WEBHOOK_EVENT_TYPE)])('the event bus lets people subscribe to %s', (type) => {
  expect(read('src', 'order-event-subscriptions.ts')).toContain(`public on${type}(`);
});

describe('the metrics of handlers', () => {
  const { template } = minimal;
  const body: unknown[] = resourceOf(template, 'AWS::CloudWatch::Dashboard', 'MonitoringDashboard').properties.DashboardBody['Fn::Join'][1];
  const dashboard = body.filter((part) => typeof part === 'string').join('');
  const shown = [...dashboard.matchAll(new RegExp(`"${METRICS_NAMESPACE}","(\\w+)"`, 'g'))].map(([, name]) => name);
  const watched = resourcesOf(template, 'AWS::CloudWatch::Alarm')
    .flatMap(({ properties }) => [properties, ...(properties.Metrics ?? []).map(({ MetricStat }: Resource['properties']) => ({ ...MetricStat?.Metric }))])
    .filter(({ Namespace }) => Namespace === METRICS_NAMESPACE).map(({ MetricName }): string => MetricName);
  const asked = new Set([...shown, ...watched]);
  const sources = sourcesUnder('handlers').map((file) => read('handlers', file)).join('');

  test('that alarms and the dashboard ask for are many', () => {
    expect([...asked]).toEqual(expect.arrayContaining(['OrderReceived', 'OrderExtracted', 'OrderRejected', 'OrderConfirmed', 'FileRejected', 'PoisonMessage']));
  });

  test.each([...asked])('are counted by some handler under that name: %s', (name) => {
    const isEvent = Object.values<string>(EVENT_TYPE).includes(name) || DEAD_LETTERED_OUTCOMES.some((outcome) => outcome === name);
    expect(isEvent || sources.includes(`'${name}'`)).toBe(true);
  });

  test('are searched by code under the dimension that handlers give them', () => {
    expect(dashboard).toContain(`{${METRICS_NAMESPACE},service,${OUTCOME_CODE_DIMENSION}}`);
    expect(read('handlers', 'shared', 'telemetry', 'count-outcomes.ts')).toContain('addDimension(OUTCOME_CODE_DIMENSION, ');
  });
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

test.each(HANDLERS)('%s is bundled into one file, and takes only the order model from the layer', (handler) => {
  const files = readdirSync(join(ROOT, 'assets', 'handlers', handler));
  expect(files).toEqual(handler === 'validate-order' ? ['index.js', `${WITHOUT_HOOK}.js`] : ['index.js']);
  for (const file of files) expect(needsOrderModel(handler, file)).toBe(ORDER_MODEL_HANDLERS.includes(handler));
});

const needsOrderModel = (handler: string, file: string): boolean =>
  read('assets', 'handlers', handler, file).includes(`require("${ORDER_MODEL_MODULE}")`);

test('bundles look for credentials only where Lambda has them', () => {
  for (const handler of HANDLERS) expect([handler, read('assets', 'handlers', handler, 'index.js')]).toEqual([handler, expect.not.stringContaining('AssumeRoleWithWebIdentity')]);
});

test('validate-order calls a function of the app only with a hook', () => {
  const has = (file: string) => read('assets', 'handlers', 'validate-order', file).includes('InvocationType');
  expect([has('index.js'), has(`${WITHOUT_HOOK}.js`)]).toEqual([true, false]);
});

test.each(HANDLERS)('%s reads its own environment, once', (handler) => {
  const names = [...read('handlers', `${handler}.ts`).matchAll(/readEnv\('([^']*)'\)/g)].map(([, name]) => name);
  expect(names).toEqual([handler]);
});

test('handlers read the environment only by the contract', () => {
  const readers = sourcesUnder('handlers').filter((file) => read('handlers', file).includes('process.env'));
  expect(readers).toEqual([join('shared', 'telemetry', 'env.ts')]);
});

test('the layer holds the order model, and no AWS SDK', () => {
  const layer = ['assets', 'layer', 'nodejs', 'node_modules'];
  expect(readdirSync(join(ROOT, ...layer))).toEqual([ORDER_MODEL_MODULE]);
  expect(readdirSync(join(ROOT, ...layer, ORDER_MODEL_MODULE)).sort()).toEqual(['formats.js', 'index.js', 'runtime.js']);
  for (const file of ['formats.js', 'index.js', 'runtime.js']) expect(read(...layer, ORDER_MODEL_MODULE, file)).not.toMatch(/@aws-sdk|@smithy/);
});

test('what is shared imports no AWS SDK, except for its types', () => {
  const importers = sourcesUnder(join('handlers', 'shared')).filter((file) => /^import (?!type).*'@(aws-sdk|smithy)/m.test(read('handlers', 'shared', file)));
  expect(importers).toEqual([]);
});

test('the contract imports nothing', () => {
  const files = readdirSync(join(ROOT, 'src', 'private', 'contract')).filter((file) => file !== 'index.ts').sort();
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect([file, read('src', 'private', 'contract', file)]).toEqual([file, expect.not.stringMatching(/^\s*import\b|\brequire\(|\bfrom '/m)]);
  const ofIndex = [...read('src', 'private', 'contract', 'index.ts').matchAll(/\bfrom '(.*)'/g)].map(([, name]) => `${name}.ts`);
  expect(ofIndex).toEqual(files.map((file) => `./${file}`));
});
