import type { PipelineResource, ResourceKind } from '../../../../cli/console/console-api';
import { groupRows } from '../../../../console/model/picture/group-rows';

const resource = (id: string, kind: ResourceKind): PipelineResource => ({ id, kind, label: id, part: 'Processor', physicalId: id });
const rows = (resources: readonly PipelineResource[], edges: readonly (readonly [string, string])[]) =>
  groupRows(resources, edges.map(([from, to]) => ({ from, to }))).map((row) => row.map(({ id }) => id));

test('what sends is left of what receives', () => {
  expect(rows([resource('process', 'FUNCTION'), resource('queue', 'QUEUE')], [['queue', 'process']])).toEqual([['queue', 'process']]);
});

test('resources without a neighbor share rows', () => {
  expect(rows([resource('one', 'FUNCTION'), resource('other', 'FUNCTION'), resource('last', 'FUNCTION')], [])).toEqual([['one', 'other'], ['last']]);
});

test('resources that feed each other in a circle are placed once', () => {
  const found = rows([resource('one', 'FUNCTION'), resource('other', 'QUEUE'), resource('table', 'TABLE')], [['one', 'other'], ['other', 'one'], ['one', 'table']]);
  expect(found.flat().sort()).toEqual(['one', 'other', 'table']);
});
