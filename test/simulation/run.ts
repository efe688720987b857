/**
 * Runs the handlers on simulated services, a run for each seed:
 *
 *   --seed N      one run, with its trace
 *   --seeds N     so many runs, from --from N on; 2000 unless it is said
 *   --mutants     breaks the handlers on purpose, one way after the other: each has to be found
 */
import { parseArgs } from 'node:util';
import { load } from './account';
import { bundle } from './bundle';
import { keyOf } from './pipeline-options';
import { describeFault } from './faults';
import { runSeeds, type Pipeline } from './pool';
import { runMutants } from './run-mutants';
import { scenarioOf } from './scenario';
import { simulate } from './simulate';
import { allDeployments, deploymentOf } from './synthesize';
import type { Failure } from './worker';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, seeds: { type: 'string', default: '2000' }, from: { type: 'string', default: '0' }, mutants: { type: 'boolean' } },
});

/* eslint-disable no-console -- it tells its user */

async function one(seed: number): Promise<boolean> {
  const scenario = scenarioOf(seed);
  const { violations, trace, hash } = await simulate(scenario, load(await bundle(), { [keyOf(scenario.options)]: deploymentOf(scenario.options) }), true);
  for (const line of trace) console.log(line);
  for (const ask of scenario.asks) console.log(`ask   ${JSON.stringify(ask)}`);
  for (const fault of scenario.faults) console.log(`fault ${describeFault(fault)}`);
  for (const violation of violations) console.log(`BROKEN ${violation}`);
  console.log(`seed ${seed}: ${violations.length} violations, trace ${hash}`);
  return violations.length === 0;
}

async function many(count: number, from: number): Promise<boolean> {
  const begin = Date.now();
  let told = 0;
  const { seeds, faultsMet, failures } = await runSeeds(await loadPipeline(), from, count, false, (summary) => {
    if (Date.now() - told < 2000) return;
    told = Date.now();
    console.log(`${summary.seeds} of ${count} seeds, ${summary.failures.length} failed, ${rate(summary.seeds, begin)} seeds/s`);
  });
  failures.forEach(tellFailure);
  console.log(`${seeds} seeds from ${from} on, ${faultsMet} faults met, ${failures.length} failed, ${rate(seeds, begin)} seeds/s`);
  return failures.length === 0;
}

function tellFailure({ seed, violations, faults, asks }: Failure): void {
  console.log(`\nseed ${seed}`);
  for (const violation of violations.slice(0, 5)) console.log(`  BROKEN ${violation}`);
  for (const ask of asks) console.log(`  ask    ${ask}`);
  for (const fault of faults) console.log(`  fault  ${fault}`);
}

async function loadPipeline(): Promise<Pipeline> {
  const code = bundle();
  return { deployments: allDeployments(), code: await code };
}

const rate = (seeds: number, begin: number): number => Math.round((seeds * 1000) / (Date.now() - begin));

async function run(): Promise<boolean> {
  if (values.mutants) return runMutants(Number(values.seeds), Number(values.from));
  return values.seed === undefined ? many(Number(values.seeds), Number(values.from)) : one(Number(values.seed));
}

void run().then((isGood) => { process.exitCode = isGood ? 0 : 1; });
