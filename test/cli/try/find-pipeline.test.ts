import { OUTPUTS, URL } from './fake-api';
import { findPipeline, localUrl } from '../../../cli/try/find-pipeline';

const find = (outputs: Record<string, string>, name?: string) => findPipeline('Shop', { status: 'CREATE_COMPLETE', outputs }, name);

test('finds the one pipeline among other outputs', () => {
  const others = { WebsiteApiUrl: 'https://www.example.com', DeployTryCommand: 'make try' };
  expect(find({ ...others, ...OUTPUTS })).toEqual({
    name: 'Orders', url: URL, apiKey: { id: 'key-1', command: OUTPUTS.OrdersApiKeyCommand }, filesUri: OUTPUTS.OrdersFilesUri, dashboardUrl: OUTPUTS.OrdersDashboardUrl,
  });
});

test('finds the pipeline with a name, which has no key, files and dashboard', () => {
  expect(find({ ...OUTPUTS, WebApiUrl: 'https://web.example.com', WebTryCommand: OUTPUTS.OrdersTryCommand }, 'Web')).toEqual({ name: 'Web', url: 'https://web.example.com' });
});

test.each<[string, Record<string, string>, string | undefined, string]>([
  ['the stack has no outputs of a pipeline', { WebsiteApiUrl: URL }, undefined, 'stack Shop (CREATE_COMPLETE) has no outputs of an order pipeline: check that it is deployed and has an OrderPipeline whose prop outputs is not false, or give the URL of the API with --url'],
  ['it has several pipelines', { ...OUTPUTS, WebTryCommand: OUTPUTS.OrdersTryCommand }, undefined, 'stack Shop has more than one order pipeline: give one of them with --pipeline: Orders, Web'],
  ['it has no pipeline with the name', OUTPUTS, 'Web', 'stack Shop has no order pipeline "Web": give one of them with --pipeline: Orders'],
])('fails when %s', (_, outputs, name, message) => {
  expect(() => find(outputs, name)).toThrow(message);
});

test.each([
  [URL, 'http://127.0.0.1:4566/_aws/execute-api/abc123/prod'],
  ['https://abc123.execute-api.eu-central-1.amazonaws.com', 'http://127.0.0.1:4566/_aws/execute-api/abc123/$default'],
  ['http://abc123.execute-api.localhost:4566', 'http://127.0.0.1:4566/_aws/execute-api/abc123/$default'],
  ['https://orders.example.com/v1', 'https://orders.example.com/v1'],
])('a local AWS has %s at %s', (url, local) => {
  expect(localUrl(url, 'http://127.0.0.1:4566')).toBe(local);
});
