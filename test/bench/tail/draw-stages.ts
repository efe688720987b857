import { STYLE, text } from '../capacity/draw-chart';

/** What the time of a stage consists of, in milliseconds. */
export interface StageTime {
  readonly stage: string;
  readonly parts: Readonly<Record<Part, number>>;
}

/** The parts, in the sequence in which they are drawn. */
export const PARTS = ['AWS calls', 'SDK and runtime', 'our own code'] as const;
export type Part = (typeof PARTS)[number];

const [WIDTH, LEFT, RIGHT, TOP, STEP, BAR] = [760, 190, 690, 110, 46, 26];
const COLORS = '.f0{fill:#0969da}.f1{fill:#9a6700}.f2{fill:#cf222e}';

/** Draws a bar for each stage as SVG: where its time is spent. */
export function drawStages(title: string, subtitle: string, stages: readonly StageTime[]): string {
  const height = TOP + stages.length * STEP + 20;
  const max = Math.max(...stages.map(({ parts }) => sumOf(parts)));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}. ${subtitle}">`,
    `<style>${STYLE}${COLORS}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}" rx="8"/>`,
    text(20, 30, title, 'title'),
    text(20, 52, subtitle, 'note'),
    ...PARTS.flatMap((part, index) => [`<rect class="f${index}" x="${20 + index * 170}" y="70" width="14" height="14"/>`, text(40 + index * 170, 82, part)]),
    ...stages.flatMap((each, index) => bar(each, TOP + index * STEP, (RIGHT - LEFT) / max)),
    '</svg>',
  ].join('\n')}\n`;
}

function bar({ stage, parts }: StageTime, y: number, scale: number): string[] {
  let x = LEFT;
  const rects = PARTS.map((part, index) => {
    const width = parts[part] * scale;
    const rect = `<rect class="f${index}" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR}"/>`;
    x += width;
    return rect;
  });
  return [text(20, y + 18, stage), ...rects, text(Math.round(x) + 8, y + 18, `${sumOf(parts).toFixed(1)} ms`, 'note')];
}

const sumOf = (parts: StageTime['parts']): number => PARTS.reduce((sum, part) => sum + parts[part], 0);
