import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costFigures, withCostGuide, withReadmeCosts } from '../../scripts/cost-figures';

const read = (...path: string[]): string => readFileSync(join(__dirname, '../..', ...path), 'utf8');

test('README.md and docs/cost.md state the costs that are measured; otherwise run "npm run readme"', async () => {
  const figures = await costFigures();
  const [readme, guide] = [read('README.md'), read('docs', 'cost.md')];
  expect(withReadmeCosts(readme, figures)).toBe(readme);
  expect(withCostGuide(guide, figures)).toBe(guide);
}, 120_000);
