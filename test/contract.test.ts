import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everythingOn, EVERYTHING_ON_ENV } from './support/everything-on';
import { synthPipeline } from './support/synth';
import { pascalCase, resourceOf } from './support/template';
import { HANDLER_ENV, LAYER_MODULE, TELEMETRY_ENV, type HandlerName } from '../src/private/contract';

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
