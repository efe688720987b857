import { Token, type Duration, type Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The violation of a rule by a prop: a sentence with the rule and the value. Undefined when the prop keeps the rule. */
export type ValidationError = string | undefined;

/**
 * Fails synthesis with all errors at once.
 *
 * @throws Error
 */
export function assertProps(scope: Construct, errors: readonly ValidationError[]): void {
  // Constructs that share an option report the same error.
  const unique = [...new Set(errors.filter((error) => error !== undefined))];
  if (unique.length > 0) throw new Error(`${scope.node.path}: ${unique.join('; ')}`);
}

/** Validates an integer. Accepts tokens. */
export function integerBetween(prop: string, value: number | undefined, min: number, max: number): ValidationError {
  if (value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max)) return undefined;
  return `\`${prop}\` must be an integer between ${min} and ${max}, got ${value}`;
}

const MILLISECONDS = { seconds: 1000, days: 86_400_000 };

/** Validates a duration. `unit` is the precision that AWS accepts. Accepts tokens. */
export function durationBetween(prop: string, value: Duration | undefined, min: Duration, max: Duration, unit: 'seconds' | 'days' = 'seconds'): ValidationError {
  if (value === undefined || value.isUnresolved()) return undefined;
  const given = value.toMilliseconds();
  if (given < min.toMilliseconds() || given > max.toMilliseconds()) {
    return `\`${prop}\` must be between ${min.toHumanString()} and ${max.toHumanString()}, got ${value.toHumanString()}`;
  }
  return given % MILLISECONDS[unit] === 0 ? undefined : `\`${prop}\` must be a whole number of ${unit}, got ${value.toHumanString()}`;
}

/** Rejects a token where another value is computed from the duration at synth. */
export function durationKnown(prop: string, value: Duration | undefined, reason: string): ValidationError {
  return value?.isUnresolved() ? `\`${prop}\` must be known at synth, because ${reason}` : undefined;
}

/** Validates that a duration is longer than another. Accepts tokens. */
export function durationAbove(prop: string, value: Duration, otherProp: string, other: Duration): ValidationError {
  if (value.isUnresolved() || other.isUnresolved() || value.toMilliseconds() > other.toMilliseconds()) return undefined;
  return `\`${prop}\` must be longer than ${otherProp} (${other.toHumanString()}), got ${value.toHumanString()}`;
}

/** Validates a size. Accepts tokens. */
export function sizeBetween(prop: string, value: Size | undefined, min: Size, max: Size): ValidationError {
  if (value === undefined || value.isUnresolved()) return undefined;
  const given = value.toBytes();
  if (given >= min.toBytes() && given <= max.toBytes()) return undefined;
  return `\`${prop}\` must be between ${min.toKibibytes()} KiB and ${max.toKibibytes()} KiB, got ${given} bytes`;
}

/** Rejects a prop that is set together with another. */
export function notTogether(prop: string, value: unknown, otherProp: string, other: unknown): ValidationError {
  return value === undefined || other === undefined ? undefined : `\`${prop}\` cannot be set together with \`${otherProp}\``;
}

/** Rejects options that have no effect: those of `names` that are set. `condition` is the reason, such as "when `history` is false". */
export const cannotBeSet = <Props extends object>(props: Props, names: readonly (keyof Props & string)[], condition: string, prefix = ''): ValidationError[] =>
  names.filter((name) => props[name] !== undefined).map((name) => `\`${prefix}${name}\` cannot be set ${condition}`);
