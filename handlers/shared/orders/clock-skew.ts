/** Clocks of the machines that make command ids, give places and write orders differ by less than this. */
export const CLOCK_SKEW_MS = 3_600_000;
