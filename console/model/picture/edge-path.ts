import type { Box } from './picture-layout';

/** The space that an arrowhead needs. */
const HEAD = 3;

/** The `d` of an SVG path from one box to another: straight between neighbors, a curve otherwise. A tall box, such as the bus, is reached at the height of the other. */
export function edgePath(from: Box, to: Box): string {
  if (to.x >= from.x + from.width) return curve({ x: from.x + from.width, y: heightOf(from, to) }, { x: to.x - HEAD, y: heightOf(to, from) });
  if (to.x + to.width <= from.x) return curve({ x: from.x, y: heightOf(from, to) }, { x: to.x + to.width + HEAD, y: heightOf(to, from) });
  const x = from.x + from.width / 2;
  const gap = to.y > from.y ? to.y - from.y - from.height : from.y - to.y - to.height;
  if (gap <= 16) return to.y > from.y ? `M${x},${from.y + from.height}L${x},${to.y - HEAD}` : `M${x},${from.y}L${x},${to.y + to.height + HEAD}`;
  const [start, end] = [from.y + from.height / 2, to.y + to.height / 2];
  const bend = Math.min(30, 8 + gap / 12);
  return `M${from.x},${start}C${from.x - bend},${start} ${to.x - bend},${end} ${to.x - HEAD},${end}`;
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

const heightOf = (box: Box, other: Box): number => {
  const isTall = box.height > 2 * other.height;
  return isTall ? Math.min(box.y + box.height, Math.max(box.y, other.y + other.height / 2)) : box.y + box.height / 2;
};
