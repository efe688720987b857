import { load } from './account';
import { bundle } from './bundle';
import { MUTANTS } from './mutants';
import { OUTAGE_MUTANTS, type OutageMutant } from './outage-mutants';
import { outageResult } from './outage-result';
import { outageScenarios } from './outages';
import { runSeeds, type Pipeline } from './pool';
import { kindOf } from './shrink-scenario';
import { allDeployments } from './synthesize';
import { mutated, WIRING_MUTANTS } from './wiring-mutants';

/* eslint-disable no-console -- a command-line tool */

/** A pipeline with one change that breaks it. */
interface NamedPipeline {
  readonly name: string;
  readonly pipeline: () => Promise<Pipeline>;
}

/** All mutants: of the handlers, then of the wiring. */
const PIPELINES: readonly NamedPipeline[] = [
  ...MUTANTS.map(({ name, patches }) => ({ name, pipeline: async () => ({ code: await bundle(patches), deployments: allDeployments() }) })),
  ...WIRING_MUTANTS.map((mutant) => ({
    name: mutant.name, pipeline: async () => ({ code: await bundle(), deployments: mutated(mutant, allDeployments()) }),
  })),
];

/** Runs every mutant and prints the first seed that finds it. */
export async function runMutants(count: number, from: number, only = ''): Promise<boolean> {
  let missed = 0;
  const pipelines = PIPELINES.filter(({ name }) => name.includes(only));
  const outages = OUTAGE_MUTANTS.filter(({ name }) => name.includes(only));
  for (const { name, pipeline } of pipelines) {
    const { failures: [failure] } = await runSeeds(await pipeline(), from, count, true);
    if (!failure) missed++;
    console.log(`${failure ? `found by seed ${String(failure.seed).padStart(5)}` : '     NOT FOUND     '}  ${name}${failure ? `  (${kindOf(failure.violations[0])})` : ''}`);
  }
  for (const mutant of outages) {
    const found = await outageThatFinds(mutant);
    if (!found) missed++;
    console.log(`${found ? 'found by an outage ' : '     NOT FOUND     '}  ${mutant.name}${found ? `  (${found})` : ''}`);
  }
  const all = pipelines.length + outages.length;
  console.log(`${all - missed} of ${all} mutants found within ${count} seeds and the outages`);
  return missed === 0;
}

/** The first outage that finds a mutant. */
async function outageThatFinds({ patches = [], change = () => undefined }: OutageMutant): Promise<string | undefined> {
  const loaded = load(await bundle(patches, []), mutated({ change }, allDeployments()));
  for (const outage of outageScenarios(1)) if ((await outageResult(outage, loaded)).violations.length > 0) return outage.name;
  return undefined;
}
