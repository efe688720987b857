/** The seconds until the deadline of an execution: JSONata. */
export const secondsLeft = (deadline: number): string =>
  `$floor(($toMillis($states.context.Execution.StartTime) - $millis()) / 1000) + ${deadline}`;
