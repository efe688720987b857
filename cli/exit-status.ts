/** The exit status of the commands. */
export const EXIT_STATUS = { SUCCESS: 0, FAILURE: 1, USAGE_ERROR: 2, INCOMPLETE: 3 } as const;
