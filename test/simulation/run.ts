/**
 * Runs the handlers on simulated services that are deployed as the template of a pipeline defines them, one run for each seed:
 *
 *   --seed N      one run, with its trace
 *   --seeds N     N runs, starting at --from; 2000 by default
 *   --redrive N   one redrive of N messages with the command line, which is interrupted twice
 *   --file-outcomes N   a file of N orders, one percent of which are rejected later, with redelivery, crashes and a redrive
 *   --tenants N   what two tenants with the same IDs see of each other, which must be nothing; and handlers that forget the tenant, all found
 *   --outages     an outage of each dependency, of different lengths, under continuous traffic
 *   --mutants     changes the handlers and the template in ways that break the pipeline; each change has to be found;
 *                 with --only TEXT those whose name contains the text
 */
import { parseArgs } from 'node:util';
import { load } from './account';
import { bundle } from './bundle';
import { describeFault } from './faults';
import { runLargeFile } from './file-outcomes';
import { defaultOptions, keyOf } from './pipeline-options';
import { runSeeds } from './pool';
import type { FileAnswer } from './read-files';
import { redriveMany } from './redrive-many';
import { runMutants } from './run-mutants';
import { runOutages } from './run-outages';
import { scenarioOf } from './scenario';
import { simulate } from './simulate';
import { allDeployments, deploymentOf } from './synthesize';
import { runTenants } from './tenants/run-tenants';
import type { Failure } from './worker';

const { values } = parseArgs({
  options: {
    'seed': { type: 'string' },
    'seeds': { type: 'string', default: '2000' },
    'from': { type: 'string', default: '0' },
    'mutants': { type: 'boolean' },
    'only': { type: 'string' },
    'outages': { type: 'boolean' },
    'redrive': { type: 'string' },
    'file-outcomes': { type: 'string' },
    'tenants': { type: 'string' },
  },
});

/* eslint-disable no-console -- a command-line tool */

async function runOne(seed: number): Promise<boolean> {
  const scenario = scenarioOf(seed);
  const loaded = load(await bundle(), { [keyOf(scenario.options)]: deploymentOf(scenario.options) });
  const { violations, trace, hash } = await simulate(scenario, loaded, true);
  for (const line of trace) console.log(line);
  for (const request of scenario.requests) console.log(`request   ${JSON.stringify(request)}`);
  for (const fault of scenario.faults) console.log(`fault     ${describeFault(fault)}`);
  for (const violation of violations) console.log(`violation ${violation}`);
  console.log(`seed ${seed}: ${violations.length} violations, trace ${hash}`);
  return violations.length === 0;
}

async function runMany(count: number, from: number): Promise<boolean> {
  const begin = Date.now();
  let printed = 0;
  const code = bundle();
  const pipeline = { deployments: allDeployments(), code: await code };
  const { seeds, faultsMet, failures } = await runSeeds(pipeline, from, count, false, (summary) => {
    if (Date.now() - printed < 2000) return;
    printed = Date.now();
    console.log(`${summary.seeds} of ${count} seeds, ${summary.failures.length} failed, ${rate(summary.seeds, begin)} seeds/s`);
  });
  failures.forEach(printFailure);
  console.log(`${seeds} seeds from ${from} on, ${faultsMet} faults met, ${failures.length} failed, ${rate(seeds, begin)} seeds/s`);
  return failures.length === 0;
}

function printFailure({ seed, violations, faults, requests }: Failure): void {
  console.log(`\nseed ${seed}`);
  for (const violation of violations.slice(0, 5)) console.log(`  violation ${violation}`);
  for (const request of requests) console.log(`  request   ${request}`);
  for (const fault of faults) console.log(`  fault     ${fault}`);
}

const rate = (seeds: number, begin: number): number => Math.round((seeds * 1000) / (Date.now() - begin));

async function runRedrive(count: number): Promise<boolean> {
  const begin = Date.now();
  const options = defaultOptions();
  const { commands, violations, redrivenEvents } = await redriveMany(count, load(await bundle([], []), { [keyOf(options)]: deploymentOf(options) }));
  for (const { moved, left, invocations, seconds, interrupted, error } of commands) {
    console.log(`${interrupted ? 'interrupted' : 'complete'}: moved ${moved}, ${left} left, ${invocations} invocations, ${seconds} simulated seconds${error ? `, ${error}` : ''}`);
  }
  for (const violation of violations.slice(0, 20)) console.log(`violation ${violation}`);
  console.log(`${count} messages, ${commands.length} commands, ${redrivenEvents} OrderRedriven events, ${violations.length} violations, ${Math.round((Date.now() - begin) / 1000)} seconds`);
  return violations.length === 0;
}

async function runFileOutcomes(count: number): Promise<boolean> {
  const begin = Date.now();
  const options = defaultOptions();
  const loaded = load(await bundle([], []), { [keyOf(options)]: deploymentOf(options) });
  const { beforeRedrive, deadLetters, faultsMet, answer, violations } = await runLargeFile(count, loaded);
  const describe = ({ outcomes, rejections }: FileAnswer) => `${JSON.stringify(outcomes)}, ${rejections.length} listed as rejected`;
  console.log(`before the redrive of ${deadLetters} messages: ${describe(beforeRedrive)}`);
  console.log(`after it: ${describe(answer)}`);
  for (const violation of violations.slice(0, 20)) console.log(`violation ${violation}`);
  console.log(`${count} orders, ${faultsMet} faults met, ${violations.length} violations, ${Math.round((Date.now() - begin) / 1000)} seconds`);
  return violations.length === 0;
}

async function run(): Promise<boolean> {
  if (values['file-outcomes'] !== undefined) return runFileOutcomes(Number(values['file-outcomes']));
  if (values.tenants !== undefined) return runTenants(Number(values.tenants), Number(values.from));
  if (values.redrive !== undefined) return runRedrive(Number(values.redrive));
  if (values.mutants) return runMutants(Number(values.seeds), Number(values.from), values.only);
  if (values.outages) return runOutages(Number(values.seed ?? 1), { code: await bundle([], []), deployments: allDeployments() });
  return values.seed === undefined ? runMany(Number(values.seeds), Number(values.from)) : runOne(Number(values.seed));
}

void run().then((isGood) => { process.exitCode = isGood ? 0 : 1; });
