import { REPORTS_PREFIX } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';
import { withTenant } from '../orders/order-identity';

/** The result of one order of a file: valid, equal to an earlier order of the file, or invalid. */
export type ReportOutcome = 'VALID' | 'REPEATED' | 'INVALID';

/** One line of a file's report, for one order. */
export interface ReportLine {
  /** From 0. */
  readonly index: number;
  /** Where the order starts in the uncompressed file: line from 1, and byte from 0. */
  readonly line: number;
  readonly offset: number;
  /** The order ID, if it has a valid format. */
  readonly orderId?: string;
  readonly outcome: ReportOutcome;
  readonly errors?: readonly FieldError[];
}

/** Formats a line of NDJSON. Order IDs have no characters that JSON escapes. */
export function toText(reported: ReportLine): string {
  const { index, line, offset, orderId, outcome, errors } = reported;
  if (errors || orderId === undefined) return `${JSON.stringify(reported)}\n`;
  return `{"index":${index},"line":${line},"offset":${offset},"orderId":"${orderId}","outcome":"${outcome}"}\n`;
}

/** The S3 key of the report, which has one line for each order of the file. */
export const reportKey = (file: ReportedFile): string => `${keyOf(file)}.ndjson`;

/** The S3 key of the summary, in the format of the API. */
export const summaryKey = (file: ReportedFile): string => `${keyOf(file)}.summary.json`;

/** The S3 key of the selection of valid orders, for files in which not all orders are valid. */
export const selectionKey = (file: ReportedFile): string => `${keyOf(file)}.selection`;

/** What names the reports of a file: `reports/<file ID>` or, with tenants, `reports/<tenant>/<file ID>`. */
interface ReportedFile {
  readonly fileId: string;
  readonly tenant?: string;
}

const keyOf = ({ fileId, tenant }: ReportedFile): string => REPORTS_PREFIX + withTenant(tenant, fileId);
