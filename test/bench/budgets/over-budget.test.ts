import { overBudget } from './over-budget';

test('bundles may grow by 3 % of their budgets, and shrink', () => {
  expect(overBudget({ grown: 1030, shrunk: 500 }, { grown: 1000, shrunk: 1000 })).toEqual([]);
});

test('a bundle that grows more is named, with its size, its budget and what to do', () => {
  expect(overBudget({ 'process-order': 1031 }, { 'process-order': 1000 })).toEqual([
    'process-order has 1031 bytes, 3.1 % more than its budget of 1000; 3 % are allowed. Every byte is loaded at each cold start. '
    + 'If it needs what was added, run "npm run bundle" and "npm run budgets", and state the reason in the commit message.',
  ]);
});

test('a bundle without a budget and a budget without a bundle are named', () => {
  expect(overBudget({ 'new-handler': 1 }, { 'old-handler': 1 })).toEqual([
    expect.stringMatching(/^new-handler has no budget: /),
    expect.stringMatching(/^old-handler has a budget, but is not bundled: /),
  ]);
});
