import { arrangeParts } from './arrange-parts';
import { edgePath } from './edge-path';
import { groupRows } from './group-rows';
import type { PipelineDescription, PipelineResource } from '../../../cli/console/console-api';

/** A rectangle, in the units of the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedResource extends Box {
  readonly resource: PipelineResource;
}

export interface PlacedPart extends Box {
  readonly name: string;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** The `d` of an SVG path. */
  readonly path: string;
  /** Whether it crosses the picture: such an edge would hide others. */
  readonly isFar: boolean;
}

/** The picture of a pipeline. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly PlacedPart[];
  readonly resources: readonly PlacedResource[];
  readonly edges: readonly PlacedEdge[];
}

export const NODE = { width: 152, height: 42 };
const GAP = { x: 22, y: 12 };
const PADDING = 12;
const TITLE = 24;
const BETWEEN = { x: 34, y: 18 };
const BUS_WIDTH = 46;
const PART_WIDTH = 2 * NODE.width + GAP.x + 2 * PADDING;

/**
 * Draws a pipeline: entrances on the left, the bus as a bar, what receives events on the right. Dead-letter queues are shown with their queues.
 */
export function layOutPicture({ resources, edges }: Pick<PipelineDescription, 'resources' | 'edges'>): Picture {
  const deadLetterQueues = new Set(resources.flatMap(({ deadLetterQueue }) => deadLetterQueue?.id ?? []));
  const drawn = resources.filter(({ id }) => !deadLetterQueues.has(id));
  const { entrances, bus, receivers } = arrangeParts(drawn, edges);
  const membersOf = (name: string) => drawn.filter(({ part, kind }) => part === name && kind !== 'BUS');
  const place = (names: readonly string[], columns: number) => placeParts(names.map((name) => ({ name, of: membersOf(name) })), edges, columns);
  const left = place(entrances, 1);
  const besideBus = bus !== undefined && membersOf(bus).length > 0 ? [bus] : [];
  const right = place([...receivers, ...besideBus], receivers.length > 2 ? 2 : 1);
  const height = Math.max(left.height, right.height);
  const busBox = { x: left.width + BETWEEN.x, y: 0, width: BUS_WIDTH, height };
  const shift = busBox.x + BUS_WIDTH + BETWEEN.x;
  const busResource = drawn.find(({ kind }) => kind === 'BUS');
  const placed = [
    ...left.resources,
    ...(busResource ? [{ ...busBox, resource: busResource }] : []),
    ...right.resources.map((each) => ({ ...each, x: each.x + shift })),
  ];
  return {
    width: shift + right.width,
    height,
    parts: [...left.parts, ...right.parts.map((each) => ({ ...each, x: each.x + shift }))],
    resources: placed,
    edges: placeEdges(placed, edges),
  };
}

type PlacedParts = Pick<Picture, 'width' | 'height' | 'parts' | 'resources'>;

interface PartMembers {
  readonly name: string;
  readonly of: readonly PipelineResource[];
}

/** Each part is in the column that is shortest so far. */
function placeParts(parts: readonly PartMembers[], edges: PipelineDescription['edges'], count: number): PlacedParts {
  const heights = Array.from({ length: count }, () => 0);
  const [placedParts, placed]: [PlacedPart[], PlacedResource[]] = [[], []];
  for (const { name, of } of parts) {
    const column = heights.indexOf(Math.min(...heights));
    const [x, y] = [column * (PART_WIDTH + BETWEEN.x), heights[column]];
    const rows = groupRows(of, edges);
    const height = TITLE + rows.length * (NODE.height + GAP.y) - GAP.y + PADDING + 2;
    placedParts.push({ name, x, y, width: PART_WIDTH, height });
    rows.forEach((row, line) => row.forEach((resource, index) => placed.push({
      resource, ...NODE, x: x + PADDING + index * (NODE.width + GAP.x), y: y + TITLE + line * (NODE.height + GAP.y) + 2,
    })));
    heights[column] = y + height + BETWEEN.y;
  }
  const width = parts.length === 0 ? 0 : count * PART_WIDTH + (count - 1) * BETWEEN.x;
  return { width, height: Math.max(0, Math.max(...heights) - BETWEEN.y), parts: placedParts, resources: placed };
}

function placeEdges(placed: readonly PlacedResource[], edges: PipelineDescription['edges']): PlacedEdge[] {
  const byId = new Map(placed.map((each) => [each.resource.id, each]));
  return edges.flatMap(({ from, to }) => {
    const [start, end] = [byId.get(from), byId.get(to)];
    return start && end ? [{ from, to, path: edgePath(start, end, placed), isFar: isFar(start, end) }] : [];
  });
}

const isFar = (from: PlacedResource, to: PlacedResource): boolean =>
  from.resource.kind !== 'BUS' && to.resource.kind !== 'BUS' && Math.abs(from.x - to.x) > NODE.width + BETWEEN.x + PADDING * 2;
