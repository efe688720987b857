import { readFileSync, writeFileSync } from 'node:fs';
import type { TemplateSize } from './template-sizes';

const FILE = 'test/bench/budgets/budgets.json';

/** What does not vary between machines, and grows only for a reason. */
export interface Budgets {
  /** Bytes of each bundle. */
  readonly bundleBytes: Readonly<Record<string, number>>;
  /** Bytes that each function writes to its log for a batch of ten orders that all succeed; for a request of the API, if that is what invokes it. */
  readonly logBytes: Readonly<Record<string, number>>;
  /** Resources and bytes of the template of a stack with one pipeline. */
  readonly templates: Readonly<Record<string, TemplateSize>>;
}

export const readBudgets = (): Budgets => JSON.parse(readFileSync(FILE, 'utf8')) as Budgets;

export const writeBudgets = (budgets: Budgets): void => writeFileSync(FILE, `${JSON.stringify(budgets, null, 2)}\n`);
