import { parseArgs } from 'node:util';
import { ORDER_BYTES } from './sample-order-of-size';
import type { CostOptions } from './synthesize-pipeline';

/** The options of `npm run cost`. */
export interface CostCommand extends CostOptions {
  /** The file of a template; without, the minimal example is synthesized. */
  readonly template?: string;
  readonly pipeline?: string;
  readonly ordersPerMonth: number;
  readonly fileShare: number;
  readonly isBatched: boolean;
  readonly orderBytes: number;
  readonly ordersPerFile: number;
  readonly months: number;
  readonly isJson: boolean;
}

const OPTIONS = {
  'orders-per-month': { type: 'string', default: '1000000' },
  'file-share': { type: 'string', default: '0' },
  'history': { type: 'boolean' },
  'http': { type: 'boolean' },
  'batched': { type: 'boolean', default: false },
  'months': { type: 'string', default: '12' },
  'order-bytes': { type: 'string', default: String(ORDER_BYTES) },
  'orders-per-file': { type: 'string', default: '1000' },
  'template': { type: 'string' },
  'pipeline': { type: 'string' },
  'json': { type: 'boolean', default: false },
} as const;

/**
 * Reads the arguments of `npm run cost`.
 *
 * @throws Error with the option, its rule and the value
 */
export function readCommandLine(args: readonly string[]): CostCommand {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, allowNegative: true });
  const { template, pipeline, history: hasHistory, http: isHttp } = values;
  if (template !== undefined && (hasHistory !== undefined || isHttp !== undefined)) {
    throw new Error('--history and --http are props of the minimal example: with --template, they are those of the template. Leave them out.');
  }
  if (template === undefined && pipeline !== undefined) throw new Error('--pipeline names a pipeline of a template: add --template.');
  return {
    template,
    pipeline,
    hasHistory,
    isHttp,
    isBatched: values.batched,
    isJson: values.json,
    ordersPerMonth: numberOf(values, 'orders-per-month', 0, 1e12),
    fileShare: numberOf(values, 'file-share', 0, 1),
    orderBytes: integerOf(values, 'order-bytes', 1, 8000),
    ordersPerFile: integerOf(values, 'orders-per-file', 1, 10_000),
    months: integerOf(values, 'months', 1, 1200),
  };
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function numberOf(values: Values, name: string, least: number, most: number): number {
  const value = Number(values[name]);
  if (values[name] === '' || !(value >= least && value <= most)) throw new Error(`--${name} must be a number from ${least} to ${most}; got ${String(values[name])}.`);
  return value;
}

function integerOf(values: Values, name: string, least: number, most: number): number {
  const value = numberOf(values, name, least, most);
  if (!Number.isInteger(value)) throw new Error(`--${name} must be an integer; got ${value}.`);
  return value;
}
