import { bundle } from './bundle';
import { MUTANTS } from './mutants';
import { runSeeds, type Pipeline } from './pool';
import { kindOf } from './shrink-scenario';
import { allDeployments } from './synthesize';
import { mutated, WIRING_MUTANTS } from './wiring-mutants';

/* eslint-disable no-console -- a command-line tool */

/** A pipeline with one change that breaks it. */
interface NamedPipeline {
  readonly name: string;
  readonly load: () => Promise<Pipeline>;
}

/** All mutants: of the handlers, then of the wiring. */
const PIPELINES: readonly NamedPipeline[] = [
  ...MUTANTS.map(({ name, patches }) => ({ name, load: async () => ({ code: await bundle(patches), deployments: allDeployments() }) })),
  ...WIRING_MUTANTS.map((mutant) => ({
    name: mutant.name, load: async () => ({ code: await bundle(), deployments: mutated(mutant, allDeployments()) }),
  })),
];

/** Runs every mutant and prints the first seed that finds it. */
export async function runMutants(count: number, from: number): Promise<boolean> {
  let missed = 0;
  for (const { name, load } of PIPELINES) {
    const { failures: [failure] } = await runSeeds(await load(), from, count, true);
    if (!failure) missed++;
    console.log(`${failure ? `found by seed ${String(failure.seed).padStart(5)}` : '     NOT FOUND     '}  ${name}${failure ? `  (${kindOf(failure.violations[0])})` : ''}`);
  }
  console.log(`${PIPELINES.length - missed} of ${PIPELINES.length} mutants found within ${count} seeds`);
  return missed === 0;
}
