import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemas as asyncApiSchemas } from '@asyncapi/specs';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { run } from '../../../../cli/local/system/run-program';
import { breakingChanges, standardContracts } from '../../../../scripts/write-contracts';
import { contractFiles } from '../../../../src/private/contracts/contract-files';
import { DEFAULT_API, type ApiOptions } from '../../../../src/private/contracts/openapi';
import { describeModel } from '../../../../src/private/order-model/describe-model';
import { partAt, stepsOfReference } from '../../../../src/private/order-model/schema-pointer';
import { extendStandardSchema, standardModelWith } from '../../../../src/private/order-model/standard-extension';
import { orderModels } from '../../../support/order-models';

const ROOT = join(__dirname, '..', '..', '..', '..');
const API = { title: 'Orders', ...DEFAULT_API };

const extension = {
  ...JSON.parse(readFileSync(join(ROOT, 'test', 'support', 'order-extension.schema.json'), 'utf8')),
};

const MODELS: [string, () => Record<string, object>][] = [
  ['the standard model', standardContracts],
  ['an extension of the standard model', () => contractFiles({ schema: extendStandardSchema(extension), description: standardModelWith(extension) }, API)],
  ...orderModels.map(({ name, schema, pointers }): [string, () => Record<string, object>] =>
    [name, () => contractFiles({ schema, description: describeModel(schema, pointers) }, API)]),
];

const OPTIONS = { strict: false, allErrors: true };
const validatorOf = ({ $schema }: { $schema?: string }): Ajv =>
  addFormats($schema?.includes('draft-07') ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS) as unknown as Ajv);

describe.each(MODELS)('the contracts of %s', (_, filesOf) => {
  const files = filesOf();
  const paths = Object.keys(files).filter((path) => path.startsWith('schemas/'));

  test.each(paths)('%s is a JSON Schema, and its example is valid', (path) => {
    const schema = JSON.parse(JSON.stringify(files[path]));
    const validate = validatorOf(schema).compile(schema);
    const example = files[path.replace(/^schemas\/(.*)\.schema\.json$/, 'examples/$1.json')];
    expect(example).toBeDefined();
    expect([validate(example), validate.errors]).toEqual([true, null]);
  });

  test('openapi.json is an OpenAPI 3.1 document', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'contracts-')), 'openapi.json');
    writeFileSync(path, JSON.stringify(files['openapi.json']));
    const validator = join(ROOT, 'node_modules', '@seriousme', 'openapi-schema-validator', 'bin', 'validate-api-cli.js');
    await run(process.execPath, [validator, path]);
  });

  test('asyncapi.json is an AsyncAPI 3.0 document', () => {
    const validate = addFormats(new Ajv({ strict: false, meta: false, validateSchema: false })).compile(asyncApiSchemas['3.0.0'] as object);
    expect([validate(JSON.parse(JSON.stringify(files['asyncapi.json']))), validate.errors]).toEqual([true, null]);
  });

  test('every reference leads to something', () => {
    for (const [path, document] of Object.entries(files)) {
      for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"(#[^"]*)"/g)) {
        const target = partAt(document, stepsOfReference(reference)!);
        expect([path, reference, target !== undefined]).toEqual([path, reference, true]);
      }
    }
  });
});

describe('contracts/', () => {
  const folder = join(ROOT, 'contracts');

  test('is current; otherwise run "npm run contracts"', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'));
    const contracts = standardContracts();
    expect(files.sort()).toEqual(Object.keys(contracts).sort());
    for (const path of files) expect(JSON.parse(readFileSync(join(folder, path), 'utf8'))).toEqual(JSON.parse(JSON.stringify(contracts[path])));
  });

  test('is not overwritten by an incompatible change', () => {
    const contracts = structuredClone(standardContracts()) as Record<string, { required: string[] }>;
    expect(breakingChanges(contracts)).toEqual([]);
    contracts['schemas/order.schema.json'].required.push('customerId');
    expect(breakingChanges(contracts)).toEqual(['schemas/order.schema.json#/required: customerId was optional']);
  });
});

test('a schema without examples cannot be shown', () => {
  const schema = { type: 'object', properties: { id: { type: 'string' } } };
  expect(() => contractFiles({ schema, description: describeModel(schema, { orderId: '/id' }) }, API))
    .toThrow('the schema has no `examples`; add a list with one order, which every example of the contracts shows');
});

test('the API document has the routes, and the key, that the API has', () => {
  const [schema, description] = [extendStandardSchema(extension), standardModelWith(extension)];
  const api: ApiOptions = {
    ...API, title: 'Shop', routes: { '/orders': ['POST'], '/mine': ['GET'] }, security: { schemes: {}, requirements: [], ofRoutes: {} },
  };
  const document = contractFiles({ schema, description }, api)['openapi.json'] as { paths: Record<string, object>; security?: unknown; info: { title: string } };
  expect(Object.entries(document.paths).map(([path, item]) => [path, Object.keys(item)])).toEqual([['/orders', ['post']]]);
  expect([document.security, document.info.title]).toEqual([undefined, 'Shop']);
});
