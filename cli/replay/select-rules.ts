import type { BusRule } from './event-replays';
import { UsageError } from '../usage-error';

/**
 * Selects rules of a bus by their names.
 *
 * @throws UsageError with the rules of the bus when no name is given, or when one is unknown.
 */
export function selectRules(rules: readonly BusRule[], names: readonly string[]): BusRule[] {
  const list = rules.length > 0 ? `rules of the bus:\n${rules.map(({ name }) => `  ${name}`).sort().join('\n')}` : 'the bus has no rules';
  if (names.length === 0) throw new UsageError(`at least one --rule is required, because a replay to all rules reaches every subscriber again; ${list}`);
  const unknown = names.filter((name) => !rules.some((rule) => rule.name === name));
  if (unknown.length > 0) throw new UsageError(`unknown rule ${unknown.map((name) => `"${name}"`).join(', ')}; ${list}`);
  return rules.filter(({ name }) => names.includes(name));
}
