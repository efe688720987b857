/** A target of performance or cost, and the figure that was measured in this run. */
export interface Target {
  readonly description: string;
  readonly figure: number;
  readonly isReached: boolean;
}

/** A target that a figure reaches when it is a limit or more. */
export const atLeast = (description: string, figure: number, limit: number): Target =>
  ({ description: `${description} ≥ ${limit}`, figure, isReached: figure >= limit });

/** A target that a figure reaches when it is a limit or less. */
export const atMost = (description: string, figure: number, limit: number): Target =>
  ({ description: `${description} ≤ ${limit}`, figure, isReached: figure <= limit });
