import { writeFileSync } from 'node:fs';
import { drawChart } from './draw-chart';
import type { RateRun } from './tables';
import type { FileRun } from '../../capacity/scenarios';

type NamedFileRun = FileRun & { readonly region: string };

/** Draws the charts of docs/scale.md. */
export function writeCharts(rates: readonly RateRun[], files: readonly NamedFileRun[]): void {
  writeFileSync('docs/capacity-rates.svg', ratesChart(rates));
  writeFileSync('docs/capacity-file.svg', fileChart(files));
}

const ratesChart = (rates: readonly RateRun[]): string => drawChart({
  title: 'Time from accepted to confirmed, by the rate of orders',
  subtitle: 'New stack, 30 seconds of orders. Solid: p99, dashed: p50. API throttle raised.',
  x: { label: 'orders per second', min: 10, max: 10_000, ticks: [10, 100, 1000, 10_000], isLogarithmic: true },
  y: { label: 'seconds', min: 0.1, max: 1000, ticks: [0.1, 1, 10, 100, 1000], isLogarithmic: true },
  guides: [{ value: 2, label: 'target for p50: 2 s' }, { value: 10, label: 'target for p99: 10 s' }],
  series: [...Map.groupBy(rates, ({ name }) => name)].flatMap(([name, runs], color) => (['p99', 'p50'] as const).map((percentile) => ({
    name: percentile === 'p99' ? name : undefined,
    color,
    isDashed: percentile === 'p50',
    points: runs.map(({ rate, confirmed }) => [rate, confirmed[percentile]] as const),
  }))),
});

const STEPS = { sent: 'sent to the orders queue', confirmed: 'confirmed', recorded: 'recorded in the history' } as const;

function fileChart(files: readonly NamedFileRun[]): string {
  const minutes = 5 * Math.ceil(Math.max(...files.map(({ recordedBy }) => recordedBy)) / 300);
  return drawChart({
    title: 'A file of 1,000,000 orders on a new stack',
    subtitle: `Default props and quotas. Solid: ${files[0].region}, dashed: ${files[1].region}. Dead-lettered: ${files.reduce((sum, { deadLetters }) => sum + deadLetters, 0)}.`,
    x: { label: 'minutes after the first order is sent', min: 0, max: minutes, ticks: every(minutes / 5 > 6 ? 10 : 5, minutes) },
    y: { label: 'orders, in thousands', min: 0, max: 1000, ticks: every(250, 1000) },
    guides: [],
    series: files.flatMap(({ progress, region }, index) => (Object.keys(STEPS) as (keyof typeof STEPS)[]).map((step, color) => ({
      name: index === 0 ? STEPS[step] : undefined,
      color,
      isDashed: region !== files[0].region,
      points: untilComplete(progress.map((each) => [each.second / 60, each[step] / 1000] as const)),
    }))),
  });
}

/** A line ends where it reaches its highest value. */
function untilComplete(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const complete = points.at(-1)![1];
  return points.slice(0, points.findIndex(([, y]) => y === complete) + 1);
}

const every = (step: number, max: number): number[] => Array.from({ length: Math.floor(max / step) + 1 }, (_, index) => index * step);
