import { edgeTable } from '../../../../src/private/async-edges/edge-table';

test('formats edges as a Markdown table with aligned columns', () => {
  expect(edgeTable([
    { kind: 'queue → function', source: 'OrdersQueue', target: 'ValidateOrder', deadLetterQueue: 'OrdersDeadLetterQueue', alarm: 'Orders' },
    { kind: 'topic → endpoint', source: 'Alerts', target: 'operations@example.com' },
  ])).toBe(`\
| edge             | from        | to                     | dead-letter queue     | alarm  |
|------------------|-------------|------------------------|-----------------------|--------|
| queue → function | OrdersQueue | ValidateOrder          | OrdersDeadLetterQueue | Orders |
| topic → endpoint | Alerts      | operations@example.com | –                     | –      |`);
});

test('formats no edges as a table without rows', () => {
  expect(edgeTable([]).split('\n')).toHaveLength(2);
});
