import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MUTANTS } from './mutants';
import { OUTAGE_MUTANTS } from './outage-mutants';
import { defaultOptions } from './pipeline-options';
import { deploymentOf } from './synthesize';
import { mutated, WIRING_MUTANTS } from './wiring-mutants';

const HANDLERS = join(__dirname, '../../handlers');

/* "npm run simulate -- --mutants" checks whether the simulation finds each mutant, which takes minutes. Here, each still has to change something. */

test.each([...MUTANTS, ...OUTAGE_MUTANTS])('the handlers contain the code once that this mutant changes: $name', ({ patches = [] }) => {
  for (const { file, from } of patches) expect(readFileSync(join(HANDLERS, file), 'utf8').split(from)).toHaveLength(2);
});

test.each(WIRING_MUTANTS)('the template contains the setting that this mutant changes: $name', (mutant) => {
  const deployment = deploymentOf(defaultOptions());
  expect(mutated(mutant, { default: deployment }).default).not.toEqual(deployment);
});
