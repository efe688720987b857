/** Draws a default pipeline as an SVG that is readable in light and dark mode. */
import { readPipeline, type Part, type PipelineGraph } from './pipeline-graph';
import { LAYOUT, NOT_DRAWN, YOURS, type Cell, type PlacedBox } from './pipeline-layout';

const MARGIN = 24;
const [BOX_WIDTH, BOX_HEIGHT, COLUMN_GAP, ROW_GAP] = [154, 62, 24, 26];
const [COLUMN, ROW] = [BOX_WIDTH + COLUMN_GAP, BOX_HEIGHT + ROW_GAP];
const WIDTH = 2 * MARGIN + 6 * COLUMN - COLUMN_GAP;
const [LABEL_SIZE, NOTE_SIZE] = [15.5, 12.5];
const LEGEND_TOP = MARGIN + 10 * ROW;
const HEIGHT = LEGEND_TOP + 24 + MARGIN;

interface Rectangle { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
interface Point { readonly x: number; readonly y: number }

const KINDS: Record<string, readonly [style: string, name: string]> = {
  'AWS::ApiGateway::RestApi': ['api', 'API Gateway'],
  'AWS::Lambda::Function': ['function', 'Lambda function'],
  'AWS::SQS::Queue': ['queue', 'SQS queue'],
  'AWS::DynamoDB::GlobalTable': ['table', 'DynamoDB table'],
  'AWS::Events::EventBus': ['bus', 'EventBridge bus'],
  'AWS::S3::Bucket': ['bucket', 'S3 bucket'],
  'AWS::SNS::Topic': ['topic', 'SNS topic'],
};

/** Fill, and color of the stripe, in light mode and in dark mode. */
const COLORS: Record<string, readonly [fill: string, stripe: string, darkFill: string]> = {
  api: ['#f3eefe', '#8c4fff', '#251b3a'],
  function: ['#fff3e6', '#ed7100', '#33230f'],
  queue: ['#fdeaf3', '#e7157b', '#371526'],
  table: ['#eaf0fe', '#4368e0', '#17213d'],
  bus: ['#fdeaf3', '#b0084d', '#371526'],
  bucket: ['#edf6e6', '#5c9a1b', '#1b2a10'],
  topic: ['#fdeaf3', '#b0084d', '#371526'],
  yours: ['#ffffff', '#8b949e', '#0d1117'],
};

/** The picture as an SVG document. */
export function drawPipeline(graph: PipelineGraph = readPipeline()): string {
  const unplaced = graph.parts.filter(({ name }) => !LAYOUT[name]).map(({ name }) => name);
  if (unplaced.length > 0) throw new Error(`\`LAYOUT\` in scripts/pipeline-layout.ts has no position for ${unplaced.join(', ')}. Add it.`);
  const hidden = new Set(NOT_DRAWN.map((arrow) => arrow.join(' ')));
  const arrows = graph.arrows.filter((arrow) => !hidden.has(arrow.join(' ')));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${description(graph)}">`,
    `<style>${style()}</style>`,
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0 10 5 0 10z"/></marker></defs>',
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="12"/>`,
    ...arrows.map(([from, to]) => line(route(from, to))),
    line(vertical(frame(LAYOUT.EventsBus), frame(YOURS))),
    ...graph.parts.map((part) => box(KINDS[part.type][0], LAYOUT[part.name], part)),
    box('yours', YOURS),
    ...legend(graph),
    '</svg>', '',
  ].join('\n');
}

const description = ({ parts }: PipelineGraph): string =>
  `The parts of an order pipeline and how orders flow through them: ${parts.map(({ name }) => LAYOUT[name].label).join(', ')}`;

function style(): string {
  const light = Object.entries(COLORS).map(([name, [fill, stripe]]) => `.${name}{fill:${fill};stroke:${stripe}}.${name}-stripe{fill:${stripe}}`);
  const dark = Object.entries(COLORS).map(([name, [, , fill]]) => `.${name}{fill:${fill}}`);
  return [
    'text{font-family:-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1f2328}',
    `.label{font-size:${LABEL_SIZE}px;font-weight:600}.note{font-size:${NOTE_SIZE}px;fill:#59636e}`,
    '.mark{font-size:10.5px;font-weight:700;fill:#fff}',
    '.paper{fill:#fff;stroke:#d1d9e0}.line{fill:none;stroke:#6e7781;stroke-width:1.6}.head{fill:#6e7781}.yours{stroke-dasharray:5 4}',
    ...light,
    `@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.note{fill:#9da7b3}.mark{fill:#fff}.paper{fill:#0d1117;stroke:#3d444d}.line{stroke:#9198a1}.head{fill:#9198a1}${dark.join('')}}`,
  ].join('');
}

const frame = ({ column, row, columns, rows }: Cell): Rectangle => {
  const [left, top] = [MARGIN + column * COLUMN, MARGIN + row * ROW];
  return { left, top, right: left + columns * COLUMN - COLUMN_GAP, bottom: top + rows * ROW - ROW_GAP };
};

function box(kind: string, placed: PlacedBox, part?: Part): string {
  const { left, top, right, bottom } = frame(placed);
  const notes = part && part.routes.length > 0 ? routeNotes(part.routes, placed) : [placed.note ?? []].flat();
  return [
    `<rect class="${kind}" x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" rx="7"/>`,
    kind === 'yours' ? '' : `<rect class="${kind}-stripe" x="${left}" y="${top}" width="6" height="${bottom - top}" rx="3"/>`,
    ...texts(placed, notes),
    part?.hasDeadLetterQueue ? deadLetterMark(right, top) : '',
  ].join('');
}

/** The routes of a function, shortened: all of them in a wide box, else the shortest one. */
const routeNotes = (routes: readonly string[], { columns }: Cell): string[] => {
  const short = [...routes].sort().map((path) => path.replace('/orders/{orderId}/', '…/').replace(/\{\w+\}/, '{id}'));
  return [columns > 1 ? short.join(' · ') : short[0]];
};

function texts(placed: PlacedBox, notes: readonly string[]): string[] {
  const { left, top, right, bottom } = frame(placed);
  const x = (left + right) / 2 + 3;
  const lines = [
    ...wrap(placed.label, LABEL_SIZE, right - left - 14).map((text) => ({ text, kind: 'label', size: LABEL_SIZE })),
    ...notes.map((text) => ({ text, kind: 'note', size: NOTE_SIZE })),
  ];
  const height = lines.reduce((sum, { size }) => sum + size * 1.15, 0);
  let y = (top + bottom - height) / 2;
  return lines.map(({ text, kind, size }) => {
    assertFits(text, size, right - left - 8);
    y += size * 1.15;
    return `<text class="${kind}" x="${x}" y="${(y - size * 0.25).toFixed(1)}" text-anchor="middle">${escape(text)}</text>`;
  });
}

/** A cautious width: fonts differ between systems. */
const widthOf = (text: string, size: number): number => text.length * size * 0.54;

function assertFits(text: string, size: number, width: number): void {
  if (widthOf(text, size) > width) throw new Error(`"${text}" does not fit into its box of ${width} px. Shorten it or widen the box.`);
}

/** Breaks a label behind a hyphen or at a space where it is too long for one line. */
function wrap(label: string, size: number, width: number): string[] {
  if (widthOf(label, size) <= width) return [label];
  const ends = [...label.matchAll(/[- ]/g)].map(({ index }) => index + 1).filter((end) => widthOf(label.slice(0, end), size) <= width);
  const end = ends.at(-1) ?? label.length;
  return [label.slice(0, end).trim(), label.slice(end)];
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const deadLetterMark = (right: number, top: number): string =>
  `<rect class="queue-stripe" x="${right - 30}" y="${top - 9}" width="36" height="16" rx="8"/><text class="mark" x="${right - 12}" y="${top + 2.8}" text-anchor="middle">DLQ</text>`;

const line = (points: readonly Point[]): string =>
  `<path class="line" marker-end="url(#head)" d="M${points.map(({ x, y }) => `${x} ${y}`).join('L')}"/>`;

/** Arrows that neither a vertical nor a horizontal line can draw. */
const ELBOWS: Record<string, (from: Rectangle, to: Rectangle) => Point[]> = {
  'FilesExtractOrders IngestOrdersQueue': (from, to) => aside({ x: from.left, y: from.top + 20 }, from.left - COLUMN_GAP / 2, { x: to.right, y: to.bottom - 18 }),
  'FilesValidateFile FilesAlertTopic': (from, to) => aside({ x: from.right, y: from.top + 15 }, from.right + COLUMN_GAP / 2, { x: to.left, y: (to.top + to.bottom) / 2 }),
  'FilesValidateFile EventsBus': (from, to) => [
    { x: from.right, y: from.bottom - 15 }, { x: from.right + COLUMN_GAP / 2, y: from.bottom - 15 }, { x: from.right + COLUMN_GAP / 2, y: to.top },
  ],
};

const aside = (from: Point, x: number, to: Point): Point[] => [from, { x, y: from.y }, { x, y: to.y }, to];

function route(fromName: string, toName: string): Point[] {
  const [from, to] = [frame(LAYOUT[fromName]), frame(LAYOUT[toName])];
  const elbow = ELBOWS[`${fromName} ${toName}`];
  if (elbow) return elbow(from, to);
  return from.left < to.right && to.left < from.right ? vertical(from, to) : horizontal(from, to);
}

/** From box to box at the middle of the narrower one. */
function vertical(from: Rectangle, to: Rectangle): Point[] {
  const narrow = from.right - from.left <= to.right - to.left ? from : to;
  const x = (narrow.left + narrow.right) / 2;
  return from.top < to.top ? [{ x, y: from.bottom }, { x, y: to.top }] : [{ x, y: from.top }, { x, y: to.bottom }];
}

/** From box to box at the middle of the lower one. */
function horizontal(from: Rectangle, to: Rectangle): Point[] {
  const short = from.bottom - from.top <= to.bottom - to.top ? from : to;
  const y = (short.top + short.bottom) / 2;
  return from.left < to.left ? [{ x: from.right, y }, { x: to.left, y }] : [{ x: from.left, y }, { x: to.right, y }];
}

function legend({ parts }: PipelineGraph): string[] {
  const kinds = [...new Map(parts.map(({ type }) => KINDS[type]).map(([kind, name]) => [kind, name]))].filter(([kind]) => COLORS[kind] && !['bucket', 'bus', 'topic'].includes(kind));
  const entries = [...kinds.map(([kind, text]) => ({ swatch: (x: number) => `<rect class="${kind}" x="${x}" y="${LEGEND_TOP + 8}" width="18" height="14" rx="3"/>`, text })), {
    swatch: (x: number) => deadLetterMark(x + 14, LEGEND_TOP + 16), text: 'with a dead-letter queue and its alarm',
  }];
  let x = MARGIN + 14;
  return entries.map(({ swatch, text }) => {
    const entry = `${swatch(x)}<text class="note" x="${x + 28}" y="${LEGEND_TOP + 19.5}">${text}</text>`;
    x += 52 + text.length * NOTE_SIZE * 0.55;
    return entry;
  });
}
