import { edgeTable } from '../../../../src/private/async-edges/edge-table';

test('edges are a Markdown table with even columns', () => {
  expect(edgeTable([
    { kind: 'queue → function', source: 'OrdersQueue', target: 'ValidateOrder', deadLetterQueue: 'OrdersDeadLetterQueue', alarm: 'Orders' },
    { kind: 'topic → endpoint', source: 'Alerts', target: 'operations@example.com' },
  ])).toBe(`\
| edge             | from        | to                     | dead-letter queue     | alarm  |
|------------------|-------------|------------------------|-----------------------|--------|
| queue → function | OrdersQueue | ValidateOrder          | OrdersDeadLetterQueue | Orders |
| topic → endpoint | Alerts      | operations@example.com | –                     | –      |`);
});

test('no edges are a table without rows', () => {
  expect(edgeTable([]).split('\n')).toHaveLength(2);
});
