import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseStrictJson } from '../../handlers/shared/json/strict-json';
import { canonical } from '../../handlers/shared/orders/fingerprint';
import { orderModel, type OrderModel } from '../../handlers/shared/orders/order-model';
import { orderModels } from '../support/order-models';
import { ownModel } from '../support/own-models';
import { sampleOrder } from '../support/sample-order';

const ROUNDS = 15;
const ORDERS = 2000;

/** What is measured: an order as text, and what reads it. */
interface Subject {
  readonly name: string;
  readonly text: string;
  readonly model: OrderModel;
}

const ownSubjects = (): Subject[] => orderModels.map(({ name, schema, pointers, orderWith }) => ({
  name,
  text: JSON.stringify(orderWith(1001)),
  model: ownModel(schema, pointers as never),
}));

/** CPU time in microseconds of one of many calls. */
function cpuOf(call: () => void): number {
  const before = process.cpuUsage();
  for (let n = 0; n < ORDERS; n++) call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / ORDERS;
}

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

/**
 * Compares the validation of an order, in CPU time, with JSON.parse of its text: parsed strictly, validated, and as canonical text. The rounds of
 * all are interleaved, so that a busy machine slows all of them.
 */
function measureValidation(subjects: readonly Subject[]): void {
  const measured = subjects.map((subject) => ({ ...subject, parse: [] as number[], validate: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { text, model, parse, validate } of measured) {
      parse.push(cpuOf(() => void JSON.parse(text)));
      validate.push(cpuOf(() => {
        const valid = model.validate((parseStrictJson(text) as { readonly value: unknown }).value);
        if (!valid.value) throw new Error(JSON.stringify(valid.errors));
        canonical(valid.value);
      }));
    }
  }
  process.stdout.write('order                                    bytes   JSON.parse   validated   ratio\n');
  for (const { name, text, parse, validate } of measured) {
    const [one, other] = [median(parse), median(validate)];
    process.stdout.write(`${name.padEnd(40)} ${String(text.length).padStart(5)} ${one.toFixed(2).padStart(9)} us ${other.toFixed(2).padStart(8)} us   ${(other / one).toFixed(2)}\n`);
  }
}

/** CPU time in milliseconds of a process that loads modules, median of some. */
function loadTime(code: string): number {
  const script = `const before = process.cpuUsage(); ${code}; const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000);`;
  const run = (): number => Number(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout);
  return median(Array.from({ length: ROUNDS }, run));
}

/** Compares what the layer adds to a cold start, with and without its model. */
function measureColdStart(): void {
  const layer = join(__dirname, '..', '..', 'assets', 'layer', 'nodejs', 'node_modules');
  const model = `require(${JSON.stringify(join(layer, 'order-pipeline-model'))})`;
  const shared = `process.env.POWERTOOLS_SERVICE_NAME = process.env.POWERTOOLS_METRICS_NAMESPACE = 'x'; require(${JSON.stringify(join(layer, 'order-pipeline-shared'))})`;
  const [empty, withModel, withLayer] = [loadTime(''), loadTime(model), loadTime(shared)];
  process.stdout.write(`cold start: the model ${(withModel - empty).toFixed(1)} ms of CPU, the layer with it ${(withLayer - empty).toFixed(1)} ms\n`);
}

/** `npm run bench -- validation`. */
export async function benchValidation(): Promise<void> {
  measureValidation([{ name: 'the standard model', text: JSON.stringify(sampleOrder({ orderId: 'order-1' })), model: orderModel }, ...ownSubjects()]);
  measureColdStart();
}
