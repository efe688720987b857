import { Duration } from 'aws-cdk-lib';

/** The bounds of the time-out of one attempt of a step. */
export const SHORTEST_STEP = Duration.seconds(1);
export const LONGEST_STEP = Duration.minutes(15);

/** The bounds of a deadline, and of the time for an answer. A standard execution lasts at most a year. */
export const SHORTEST_DEADLINE = Duration.minutes(1);
export const LONGEST_WORKFLOW = Duration.days(365);
