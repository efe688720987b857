import type { Box } from './picture-layout';

/** The space that an arrowhead needs. */
const HEAD = 3;

/** Where an edge leaves the column of a box for a lane between the rows of others. */
const LANE_START = 20;

/**
 * The `d` of an SVG path from one box to another: straight between neighbors, a curve otherwise. A tall box, such as the bus, is reached at the
 * height of the other one, or between the rows of what stands in between.
 */
export function edgePath(from: Box, to: Box, others: readonly Box[] = []): string {
  if (to.x >= from.x + from.width) return sideways(from, to, others);
  if (to.x + to.width <= from.x) return sideways(from, to, others);
  const x = from.x + from.width / 2;
  const gap = to.y > from.y ? to.y - from.y - from.height : from.y - to.y - to.height;
  if (gap <= 16) return to.y > from.y ? `M${x},${from.y + from.height}L${x},${to.y - HEAD}` : `M${x},${from.y}L${x},${to.y + to.height + HEAD}`;
  const [start, end] = [from.y + from.height / 2, to.y + to.height / 2];
  const bend = Math.min(30, 8 + gap / 12);
  return `M${from.x},${start}C${from.x - bend},${start} ${to.x - bend},${end} ${to.x - HEAD},${end}`;
}

function sideways(from: Box, to: Box, others: readonly Box[]): string {
  const isRight = to.x > from.x;
  const start = { x: isRight ? from.x + from.width : from.x, y: heightOf(from, to) };
  const end = { x: isRight ? to.x - HEAD : to.x + to.width + HEAD, y: heightOf(to, from) };
  if (!isTall(from, to) && !isTall(to, from)) return curve(start, end);
  const [left, right] = isRight ? [start.x, end.x] : [end.x, start.x];
  const between = others.filter((box) => box.x > left + 1 && box.x + box.width < right - 1);
  const y = freeLane(start.y, between);
  if (y === start.y) return curve(start, end);
  const turn = isRight ? Math.min(LANE_START, end.x - start.x) : -Math.min(LANE_START, start.x - end.x);
  return isTall(from, to)
    ? `M${start.x},${y}L${end.x - turn},${y}C${end.x - turn / 2},${y} ${end.x - turn / 2},${end.y} ${end.x},${end.y}`
    : `M${start.x},${start.y}C${start.x + turn / 2},${start.y} ${start.x + turn / 2},${y} ${start.x + turn},${y}L${end.x},${y}`;
}

/** The height that is closest to another one and crosses no box. */
function freeLane(y: number, boxes: readonly Box[]): number {
  const isFree = (height: number) => boxes.every((box) => height < box.y - 2 || height > box.y + box.height + 2);
  const candidates = [y, ...boxes.flatMap((box) => [box.y - 6, box.y + box.height + 6])].filter((height) => height >= 0 && isFree(height));
  return candidates.sort((one, other) => Math.abs(one - y) - Math.abs(other - y))[0] ?? y;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function curve(from: Point, to: Point): string {
  if (Math.abs(from.y - to.y) < 1) return `M${from.x},${from.y}L${to.x},${to.y}`;
  const bend = Math.min(90, Math.abs(to.x - from.x) / 2) * Math.sign(to.x - from.x);
  return `M${from.x},${from.y}C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`;
}

const isTall = (box: Box, other: Box): boolean => box.height > 2 * other.height;

const heightOf = (box: Box, other: Box): number =>
  (isTall(box, other) ? Math.min(box.y + box.height, Math.max(box.y, other.y + other.height / 2)) : box.y + box.height / 2);
