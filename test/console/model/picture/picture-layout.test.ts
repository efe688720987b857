import type { PipelineResource, ResourceKind } from '../../../../cli/console/console-api';
import { layOutPicture, NODE, type Box } from '../../../../console/model/picture/picture-layout';

const resource = (id: string, kind: ResourceKind, part: string, deadLetters?: string): PipelineResource =>
  ({ id, kind, label: id, part, physicalId: id, ...(deadLetters ? { deadLetterQueue: { id: deadLetters, name: id, redrivable: true } } : {}) });

const RESOURCES = [
  resource('api', 'API', 'Ingest'), resource('receive', 'FUNCTION', 'Ingest'), resource('orders', 'QUEUE', 'Ingest', 'dead-orders'), resource('dead-orders', 'QUEUE', 'Ingest'),
  resource('validate', 'FUNCTION', 'Ingest'), resource('bus', 'BUS', 'Events'), resource('processing', 'QUEUE', 'Processor'), resource('process', 'FUNCTION', 'Processor'),
  resource('table', 'TABLE', 'Processor'), resource('history', 'QUEUE', 'History'), resource('record', 'FUNCTION', 'History'), resource('files', 'TABLE', 'Files'),
  resource('bucket', 'BUCKET', 'Files'), resource('extract', 'FUNCTION', 'Files'),
];
const EDGES = [
  ['api', 'receive'], ['receive', 'orders'], ['orders', 'validate'], ['validate', 'bus'], ['bus', 'processing'], ['processing', 'process'], ['process', 'table'],
  ['bus', 'history'], ['history', 'record'], ['bucket', 'extract'], ['extract', 'files'], ['extract', 'orders'], ['process', 'missing'], ['orders', 'dead-orders'],
].map(([from, to]) => ({ from, to }));

const picture = layOutPicture({ resources: RESOURCES, edges: EDGES });
const boxOf = (id: string) => picture.resources.find((each) => each.resource.id === id)!;
const overlaps = (one: Box, other: Box) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
const isInside = (inner: Box, outer: Box) =>
  inner.x >= outer.x && inner.y >= outer.y
  && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

test('every resource is drawn once, except dead-letter queues, which are shown with their queues', () => {
  expect(picture.resources.map((each) => each.resource.id).sort()).toEqual(RESOURCES.map(({ id }) => id).filter((id) => id !== 'dead-orders').sort());
});

test('no two resources overlap, and each is in the box of its part and in the picture', () => {
  const { resources, parts } = picture;
  const overlapping = resources.flatMap((one, index) =>
    resources.slice(index + 1).filter((other) => overlaps(one, other)).map((other) => [one.resource.id, other.resource.id]));
  expect(overlapping).toEqual([]);
  for (const each of resources.filter(({ resource: { kind } }) => kind !== 'BUS')) expect(parts.some((part) => part.name === each.resource.part && isInside(each, part))).toBe(true);
  for (const each of [...resources, ...parts]) expect(isInside(each, { x: 0, y: 0, width: picture.width, height: picture.height })).toBe(true);
});

test('entrances are left of the bus, and what receives events is right of it', () => {
  const bus = boxOf('bus');
  for (const id of ['api', 'orders', 'bucket', 'extract']) expect(boxOf(id).x + NODE.width).toBeLessThanOrEqual(bus.x);
  for (const id of ['processing', 'table', 'record']) expect(boxOf(id).x).toBeGreaterThanOrEqual(bus.x + bus.width);
});

test('a function is right of the queue that it reads', () => {
  expect(boxOf('process').y).toBe(boxOf('processing').y);
  expect(boxOf('process').x).toBeGreaterThan(boxOf('processing').x);
});

test('edges to resources that are not drawn are left out, and the others have a path without NaN', () => {
  expect(picture.edges.map(({ from, to }) => `${from} ${to}`)).toEqual(EDGES.filter(({ to }) => to !== 'missing' && to !== 'dead-orders').map(({ from, to }) => `${from} ${to}`));
  for (const { path } of picture.edges) expect(path).toMatch(/^M[-\d.]+,[-\d.]+[LC][-\d., ]+$/);
});

test('a pipeline of one part, and one of nothing, have a picture', () => {
  expect(layOutPicture({ resources: [resource('queue', 'QUEUE', 'Ingest')], edges: [] }).resources).toHaveLength(1);
  const nothing = layOutPicture({ resources: [], edges: [] });
  expect([nothing.resources, nothing.edges]).toEqual([[], []]);
  expect([nothing.width, nothing.height].every(Number.isFinite)).toBe(true);
});
