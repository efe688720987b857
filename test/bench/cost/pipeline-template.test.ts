import { findPipeline } from './pipeline-template';
import { synthesizePipeline } from './synthesize-pipeline';
import type { TemplateResource } from '../../simulation/template-resources';

jest.setTimeout(120_000);

/** Upper bounds of a pipeline without props, about five percent above what it has. A template has at most 500 resources and 1 MB. */
const MAX_RESOURCES = 292;
const MAX_TEMPLATE_BYTES = 265_000;

const { resources } = synthesizePipeline({});

test('a pipeline without props has few resources and a small template', () => {
  const withoutMetadata = Object.fromEntries(Object.entries(resources).map(([id, { Metadata, ...resource }]) => [id, resource]));
  expect(Object.keys(resources).length).toBeLessThanOrEqual(MAX_RESOURCES);
  expect(JSON.stringify({ Resources: withoutMetadata }).length).toBeLessThanOrEqual(MAX_TEMPLATE_BYTES);
});

const withPaths = (change: (path: string) => string | undefined) => ({
  Resources: Object.fromEntries(Object.entries(resources).map(([id, resource]): [string, TemplateResource] => [id, { ...resource, Metadata: { 'aws:cdk:path': change(resource.Metadata!['aws:cdk:path']!) } }])),
});

test('a template without paths of constructs is refused', () => {
  expect(() => findPipeline(withPaths(() => undefined))).toThrow('The template has no paths of constructs.');
  expect(() => findPipeline({})).toThrow('The template has no paths of constructs.');
});

test('a template without an orders table is refused', () => {
  const { Resources } = withPaths((path) => path.replace('OrdersTable', 'OtherTable'));
  expect(() => findPipeline({ Resources })).toThrow('The template has no orders table of an OrderPipeline.');
});

test('of several pipelines, one has to be named', () => {
  const other = withPaths((path) => path.replace('MinimalOrders/Orders/', 'MinimalOrders/Returns/')).Resources;
  const Resources = { ...resources, ...Object.fromEntries(Object.entries(other).map(([id, resource]) => [`Other${id}`, resource])) };
  expect(() => findPipeline({ Resources })).toThrow('Name one of the pipelines of the template with --pipeline: MinimalOrders/Orders, MinimalOrders/Returns.');
  expect(() => findPipeline({ Resources }, 'Nothing')).toThrow('got Nothing');
  expect(findPipeline({ Resources }, 'Returns').names).toContain('OrdersTable');
});

test('a pipeline within stages and constructs is found', () => {
  const { names } = findPipeline(withPaths((path) => `Production/Shop/${path}`));
  expect(names).toEqual(synthesizePipeline({}).names);
});
