/** A function was invoked and failed: it threw an error, timed out or ended. */
export class FunctionFailed extends Error {}
