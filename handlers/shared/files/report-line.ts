import type { FieldError } from '../json/field-error';

/** What became of one order of a file: sent (or, in a rejected file, sound), the same as an earlier one, or refused. */
export type ReportOutcome = 'VALID' | 'REPEATED' | 'INVALID';

/** One line of a file's report: one order. */
export interface ReportLine {
  /** From 0. */
  readonly index: number;
  /** Where it begins in the uncompressed file: line from 1, and byte from 0. */
  readonly line: number;
  readonly offset: number;
  /** When it could be read and looks like one. */
  readonly orderId?: string;
  readonly outcome: ReportOutcome;
  readonly errors?: readonly FieldError[];
}

/** A line of NDJSON. */
export const toText = (line: ReportLine): string => `${JSON.stringify(line)}\n`;
