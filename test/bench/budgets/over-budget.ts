/** A bundle may grow by this share of its budget, so that a new version of a dependency or a small fix needs no new budget. */
export const TOLERANCE = 0.03;

const UPDATE = 'run "npm run bundle" and "npm run budgets", and state the reason in the commit message';

/** What is wrong with the sizes of bundles, by their budgets: a sentence for each bundle that is too large, has no budget or no longer exists. */
export function overBudget(sizes: Readonly<Record<string, number>>, budgets: Readonly<Record<string, number>>): string[] {
  return [
    ...Object.entries(sizes).flatMap(([name, size]) => problemOf(name, size, budgets[name])),
    ...Object.keys(budgets).filter((name) => !(name in sizes)).map((name) => `${name} has a budget, but is not bundled: ${UPDATE}.`),
  ];
}

function problemOf(name: string, size: number, budget: number | undefined): string[] {
  if (budget === undefined) return [`${name} has no budget: ${UPDATE}.`];
  if (size <= budget * (1 + TOLERANCE)) return [];
  const growth = (100 * (size / budget - 1)).toFixed(1);
  return [
    `${name} has ${size} bytes, ${growth} % more than its budget of ${budget}; ${100 * TOLERANCE} % are allowed. Every byte is loaded at each cold start. `
    + `If it needs what was added, ${UPDATE}.`,
  ];
}
