import { readFileSync } from 'node:fs';
import { stepsOf, valueAt } from '../../handlers/shared/json/value-at';
import type { ModelMetadata } from '../../src/private/contract';
import { STANDARD_ORDER_SCHEMA } from '../../src/private/order-model/standard-order-schema';
import { UsageError } from '../usage-error';

/** An order, and how it is sent. */
export interface OrderToPlace {
  /** The order as JSON. */
  readonly json: string;
  /** The path of the file that it is from. */
  readonly path?: string;
  /** The ID that the order has. The API assigns one to an order without it. */
  readonly orderId?: string;
}

const [{ orderId: _, ...EXAMPLE }] = STANDARD_ORDER_SCHEMA.examples as [Record<string, unknown>];

/** The standard model. The API assigns an ID to its example, which can then be placed again and again. */
const STANDARD: ModelMetadata = { orderId: '/orderId', example: EXAMPLE };

/**
 * Determines the order to place: that of a file, or the example of the pipeline's model.
 *
 * @throws UsageError when the file has no order, or the model has no example.
 */
export function orderToPlace(path: string | undefined, { orderId, example }: ModelMetadata = STANDARD): OrderToPlace {
  const json = path === undefined ? exampleJson(example) : readOrder(path);
  const id = valueAt(JSON.parse(json), ...stepsOf(orderId));
  return { json, path, orderId: id === undefined || id === null ? undefined : String(id) };
}

function exampleJson(example: object | undefined): string {
  if (example) return formatExample(example);
  throw new UsageError('the order model of the pipeline has no example: give an order with --order, or add `examples` to the schema and deploy it');
}

/** One line for each field, so that the order can be read in a command. */
const formatExample = (example: object): string =>
  `{\n${Object.entries(example).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n')}\n}`;

function readOrder(path: string): string {
  try {
    const json = readFileSync(path, 'utf8');
    JSON.parse(json);
    return json;
  } catch (error) {
    throw new UsageError(`--order must be a file with an order as JSON, got ${path}: ${(error as Error).message}`);
  }
}
