/** An axis of a chart. */
export interface Axis {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  readonly isLogarithmic?: boolean;
}

/** A line of a chart. Lines of one color share a name in the legend. */
export interface Series {
  readonly name?: string;
  readonly color: number;
  readonly isDashed: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A line chart. */
export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Horizontal lines with a label. */
  readonly guides: readonly { readonly value: number; readonly label: string }[];
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT] = [760, 460];
const AREA = { left: 70, right: 735, top: 106, bottom: 400 };

/** The style of all charts. The colors are readable on a light and on a dark background. */
export const STYLE = [
  'text{font-family:-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;font-size:13px;fill:#1f2328}.title{font-size:17px;font-weight:600}',
  '.note{fill:#59636e}.grid{stroke:#d1d9e0}.axis{stroke:#59636e}.guide{stroke:#9a6700;stroke-dasharray:2 4}.guide-label{fill:#9a6700}',
  '.line{fill:none;stroke-width:2.2;stroke-linejoin:round}.dashed{stroke-dasharray:7 5}.paper{fill:#fff}',
  '.c0{stroke:#0969da}.c1{stroke:#cf222e}.c2{stroke:#1a7f37}',
  '@media (prefers-color-scheme:dark){text{fill:#e6edf3}.note{fill:#9198a1}.grid{stroke:#30363d}.axis{stroke:#9198a1}.paper{fill:#0d1117}',
  '.guide{stroke:#d29922}.guide-label{fill:#d29922}.c0{stroke:#58a6ff}.c1{stroke:#ff7b72}.c2{stroke:#3fb950}}',
].join('');

/** Draws a chart as SVG. */
export function drawChart(chart: Chart): string {
  const { title, subtitle, x, y, guides, series } = chart;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}. ${subtitle}">`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    text(AREA.left, 30, title, 'title'),
    text(AREA.left, 52, subtitle, 'note'),
    ...legend(series),
    ...xAxis(x),
    ...yAxis(y),
    ...guides.flatMap(({ value, label }) => [
      `<line class="guide" x1="${AREA.left}" x2="${AREA.right}" y1="${yOf(y, value)}" y2="${yOf(y, value)}"/>`,
      text(AREA.left + 8, yOf(y, value) - 5, label, 'guide-label'),
    ]),
    ...series.map(({ color, isDashed, points }) =>
      `<polyline class="line c${color}${isDashed ? ' dashed' : ''}" points="${points.map(([px, py]) => `${xOf(x, px)},${yOf(y, py)}`).join(' ')}"/>`),
    '</svg>',
  ].join('\n')}\n`;
}

function legend(series: readonly Series[]): string[] {
  let left = AREA.left;
  return series.filter(({ name }) => name !== undefined).flatMap(({ name, color }) => {
    const entry = [`<line class="line c${color}" x1="${left}" x2="${left + 22}" y1="78" y2="78"/>`, text(left + 28, 82, name!)];
    left += 52 + name!.length * 7;
    return entry;
  });
}

const xAxis = (axis: Axis): string[] => [
  ...axis.ticks.flatMap((tick) => [
    `<line class="grid" x1="${xOf(axis, tick)}" x2="${xOf(axis, tick)}" y1="${AREA.top}" y2="${AREA.bottom}"/>`,
    text(xOf(axis, tick), AREA.bottom + 20, tick.toLocaleString('en-US'), 'note', 'middle'),
  ]),
  `<line class="axis" x1="${AREA.left}" x2="${AREA.right}" y1="${AREA.bottom}" y2="${AREA.bottom}"/>`,
  text((AREA.left + AREA.right) / 2, AREA.bottom + 44, axis.label, undefined, 'middle'),
];

const yAxis = (axis: Axis): string[] => [
  ...axis.ticks.flatMap((tick) => [
    `<line class="grid" x1="${AREA.left}" x2="${AREA.right}" y1="${yOf(axis, tick)}" y2="${yOf(axis, tick)}"/>`,
    text(AREA.left - 8, yOf(axis, tick) + 4, tick.toLocaleString('en-US'), 'note', 'end'),
  ]),
  `<line class="axis" x1="${AREA.left}" x2="${AREA.left}" y1="${AREA.top}" y2="${AREA.bottom}"/>`,
  `<text transform="translate(20 ${(AREA.top + AREA.bottom) / 2}) rotate(-90)" text-anchor="middle">${axis.label}</text>`,
];

/** A text in a chart. */
export const text = (x: number, y: number, content: string, style?: string, anchor?: string): string =>
  `<text x="${x}" y="${y}"${style ? ` class="${style}"` : ''}${anchor ? ` text-anchor="${anchor}"` : ''}>${content}</text>`;

const xOf = (axis: Axis, value: number): number => round(AREA.left + shareOf(axis, value) * (AREA.right - AREA.left));
const yOf = (axis: Axis, value: number): number => round(AREA.bottom - shareOf(axis, value) * (AREA.bottom - AREA.top));
const round = (value: number): number => Math.round(value * 10) / 10;

function shareOf({ min, max, isLogarithmic }: Axis, value: number): number {
  const scale = isLogarithmic ? Math.log10 : (each: number) => each;
  return (scale(Math.min(max, Math.max(min, value))) - scale(min)) / (scale(max) - scale(min));
}
