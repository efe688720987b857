import type { Area } from './area';
import { median } from './statistics';
import { fixed } from './table';
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

/**
 * Compares the validation of an order, in CPU time, with JSON.parse of its text: parsed strictly, validated, and as canonical text. The rounds of
 * all are interleaved, so that a busy machine slows all of them.
 */
function measureValidation(subjects: readonly Subject[]): string[][] {
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
  return measured.map(({ name, text, parse, validate }) => {
    const [one, other] = [median(parse), median(validate)];
    return [name, fixed(text.length), fixed(one, 2), fixed(other, 2), fixed(other / one, 2)];
  });
}

/** Compares the validation of orders by the standard model and by models of apps. */
export const validation: Area = {
  name: 'validation',
  title: 'Validation of an order',
  measure: async () => ({
    method: `CPU time of an order, medians of ${ROUNDS} interleaved rounds of ${ORDERS} orders.`,
    tables: [{
      title: 'Validation: parsed strictly, validated, and as canonical text',
      header: ['order model', 'bytes', 'JSON.parse µs', 'validated µs', 'ratio'],
      rows: measureValidation([{ name: 'the standard model', text: JSON.stringify(sampleOrder({ orderId: 'order-1' })), model: orderModel }, ...ownSubjects()]),
    }],
    targets: [],
  }),
};
