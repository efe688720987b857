import { bundle } from './bundle';
import { MUTANTS, type Mutant } from './mutants';
import { runSeeds } from './pool';
import { kindOf } from './shrink-scenario';
import { allDeployments } from './synthesize';

/* eslint-disable no-console -- it tells its user */

/** Breaks the handlers in every way that is known, and says after how many seeds that was found. */
export async function runMutants(count: number, from: number): Promise<boolean> {
  let escaped = 0;
  for (const mutant of MUTANTS) {
    const found = await firstFailure(mutant, count, from);
    if (!found) escaped++;
    console.log(`${found ? `found by seed ${String(found.seed).padStart(5)}` : '     NOT FOUND     '}  ${mutant.name}${found ? `  (${found.violation})` : ''}`);
  }
  console.log(`${MUTANTS.length - escaped} of ${MUTANTS.length} mutants found within ${count} seeds`);
  return escaped === 0;
}

/** The first seed that finds a mutant, and what it says. */
async function firstFailure({ patches }: Mutant, count: number, from: number): Promise<{ seed: number; violation: string } | undefined> {
  const { failures: [failure] } = await runSeeds({ code: await bundle(patches), deployments: allDeployments() }, from, count, true);
  return failure && { seed: failure.seed, violation: kindOf(failure.violations[0]) };
}
