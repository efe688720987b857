import type { Loaded } from './account';
import type { Scenario } from './scenario';
import { shrink } from './shrink';
import { simulate } from './simulate';

/** The invariant that a violation breaks: its first words, without ids. */
export const kindOf = (violation: string): string => violation.replace(/^before the redrive: /, '').split(':')[0];

/** The smallest scenario that breaks the same invariant: with the fewest faults, requests and repetitions of faults. */
export async function shrinkScenario(scenario: Scenario, violation: string, loaded: Loaded): Promise<Scenario> {
  const fails = async (changes: Partial<Scenario>): Promise<boolean> => {
    const { violations } = await simulate({ ...scenario, ...changes }, loaded);
    return violations.some((each) => kindOf(each) === kindOf(violation));
  };
  let { faults, requests } = scenario;
  for (let before = Infinity; faults.length + requests.length < before;) {
    before = faults.length + requests.length;
    faults = await shrink(faults, (part) => fails({ faults: part, requests }));
    requests = await shrink(requests, (part) => fails({ faults, requests: part }));
  }
  for (const fault of faults) {
    const once = faults.map((each) => (each === fault ? { ...each, times: 1 } : each));
    if (fault.times > 1 && await fails({ faults: once, requests })) faults = once;
  }
  return { ...scenario, faults, requests };
}
