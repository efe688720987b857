import { checkTenants } from './check-tenants';
import { tenantDeployments } from './tenant-deployments';
import { TENANT_MUTANTS } from './tenant-mutants';
import { load } from '../account';
import { bundle } from '../bundle';

/* eslint-disable no-console -- a command-line tool */

/** So many seeds find every mutant. */
const MUTANT_SEEDS = 40;

/** Checks that tenants do not affect each other, one run for each seed, and that every mutant is found. */
export async function runTenants(count: number, from: number): Promise<boolean> {
  const deployments = tenantDeployments();
  const failed = await firstFailures(load(await bundle(), deployments), from, count, Infinity);
  for (const { seed, violations } of failed.slice(0, 5)) console.log(`seed ${seed}\n  ${violations.slice(0, 5).join('\n  ')}`);
  let missed = 0;
  for (const { name, patches } of TENANT_MUTANTS) {
    const [found] = await firstFailures(load(await bundle(patches), deployments), from, MUTANT_SEEDS, 1);
    if (!found) missed++;
    console.log(`${found ? `found by seed ${String(found.seed).padStart(5)}` : '     NOT FOUND     '}  ${name}${found ? `  (${found.violations[0].slice(0, 80)})` : ''}`);
  }
  console.log(`${count} seeds from ${from} on with two tenants, ${failed.length} failed; ${TENANT_MUTANTS.length - missed} of ${TENANT_MUTANTS.length} mutants found`);
  return failed.length === 0 && missed === 0;
}

interface FailedSeed {
  readonly seed: number;
  readonly violations: readonly string[];
}

async function firstFailures(loaded: ReturnType<typeof load>, from: number, count: number, most: number): Promise<FailedSeed[]> {
  const failed: FailedSeed[] = [];
  for (let seed = from; seed < from + count && failed.length < most; seed++) {
    const violations = await checkTenants(seed, loaded);
    if (violations.length > 0) failed.push({ seed, violations });
  }
  return failed;
}
