import { Stack } from 'aws-cdk-lib';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { IConstruct } from 'constructs';
import type { ValidationError } from './validate';

/** The maximum length of an event pattern. */
const MAX_PATTERN_LENGTH = 2048;

/** Validates the length of the event pattern of a subscription. Values that are known only at deployment do not count. */
export function validatePatternLength(scope: IConstruct, pattern: EventPattern, customerIds: readonly string[] | undefined): ValidationError {
  const { length } = JSON.stringify(Stack.of(scope).resolve(pattern), withoutReferences).replace('"detailType"', '"detail-type"');
  if (length <= MAX_PATTERN_LENGTH) return undefined;
  const advice = customerIds ? 'use fewer `customerIds`, or several subscriptions' : 'use a shorter `eventSource` or fewer values';
  return `the event pattern must have at most ${MAX_PATTERN_LENGTH} characters, got ${length}; ${advice}`;
}

const withoutReferences = (_: string, value: unknown): unknown =>
  (typeof value === 'object' && value !== null && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::')) ? '' : value);
