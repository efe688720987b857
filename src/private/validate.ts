import { Token, type Duration, type Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** One rule about one prop: undefined when it holds, else the sentence that says what it takes and what was given. */
export type ValidationError = string | undefined;

/**
 * Fails the synthesis with everything that is wrong with a construct's props, at once.
 *
 * @throws Error
 */
export function assertProps(scope: Construct, findings: readonly ValidationError[]): void {
  // Parts that share an option would say the same of it.
  const faults = [...new Set(findings.filter((finding) => finding !== undefined))];
  if (faults.length > 0) throw new Error(`${scope.node.path}: ${faults.join('; ')}`);
}

/** An integer within bounds. Values known only at deployment are let through. */
export function integerBetween(prop: string, value: number | undefined, min: number, max: number): ValidationError {
  if (value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max)) return undefined;
  return `${prop} must be an integer between ${min} and ${max}, got ${value}`;
}

const MILLISECONDS = { seconds: 1000, days: 86_400_000 };

/** A duration within bounds, and whole in the unit that AWS takes. */
export function durationBetween(prop: string, value: Duration | undefined, min: Duration, max: Duration, unit: 'seconds' | 'days' = 'seconds'): ValidationError {
  if (value === undefined || value.isUnresolved()) return undefined;
  const given = value.toMilliseconds();
  if (given < min.toMilliseconds() || given > max.toMilliseconds()) {
    return `${prop} must be between ${min.toHumanString()} and ${max.toHumanString()}, got ${value.toHumanString()}`;
  }
  return given % MILLISECONDS[unit] === 0 ? undefined : `${prop} must be a whole number of ${unit}, got ${value.toHumanString()}`;
}

/** A duration from which another is computed at synth. */
export function durationKnown(prop: string, value: Duration | undefined, why: string): ValidationError {
  return value?.isUnresolved() ? `${prop} must be known at synth, because ${why}` : undefined;
}

/** A duration that outlasts another. */
export function durationAbove(prop: string, value: Duration, otherProp: string, other: Duration): ValidationError {
  if (value.isUnresolved() || other.isUnresolved() || value.toMilliseconds() > other.toMilliseconds()) return undefined;
  return `${prop} must be longer than ${otherProp} (${other.toHumanString()}), got ${value.toHumanString()}`;
}

/** A size within bounds. */
export function sizeBetween(prop: string, value: Size | undefined, min: Size, max: Size): ValidationError {
  if (value === undefined || value.isUnresolved()) return undefined;
  const given = value.toBytes();
  if (given >= min.toBytes() && given <= max.toBytes()) return undefined;
  return `${prop} must be between ${min.toKibibytes()} KiB and ${max.toKibibytes()} KiB, got ${given} bytes`;
}

/** Two props that cannot both be given. */
export function notTogether(prop: string, value: unknown, otherProp: string, other: unknown): ValidationError {
  return value === undefined || other === undefined ? undefined : `${prop} cannot be given together with ${otherProp}`;
}
