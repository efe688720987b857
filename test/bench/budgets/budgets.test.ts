import { readBudgets } from './budget-file';
import { measureBundleBytes } from './bundle-bytes';
import { measureLogBytes } from './log-bytes';
import { overBudget } from './over-budget';
import { measureTemplates } from './template-sizes';

jest.setTimeout(60_000);

test('no bundle is more than 3 % larger than its budget', () => {
  expect(overBudget(measureBundleBytes(), readBudgets().bundleBytes)).toEqual([]);
});

test('ten orders that succeed cause exactly as many bytes of logs as their budgets have; otherwise run "npm run budgets" and state the reason in the commit message', async () => {
  expect(await measureLogBytes()).toEqual(readBudgets().logBytes);
});

test('a pipeline has exactly as many resources and bytes of a template as its budgets have; otherwise run "npm run budgets" and state the reason in the commit message', () => {
  expect(measureTemplates()).toEqual(readBudgets().templates);
});
