/** The command line is not valid; the message names the option and the rule. */
export class UsageError extends Error {}
