import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { durationBetween, durationKnown, type ValidationError } from './validate';
import { sameEnvironment } from './validate-environment';
import type { ConfirmationOptions } from '../order-confirmation';

/** Validates who confirms orders. */
export const validateConfirmation = (scope: Construct, { confirmation }: ConfirmationOptions): ValidationError[] => [
  durationKnown('confirmation.timeout', confirmation?._options.timeout, 'handlers get it together with other settings'),
  durationBetween('confirmation.timeout', confirmation?._options.timeout, Duration.minutes(1), Duration.days(30)),
  sameEnvironment('confirmation', scope, confirmation?._function, 'region', 'use a function of the region that invokes the other one'),
];
