import { REPORTS_PREFIX } from '../../../src/private/contract';

/** One line for each order of the file. */
export const reportKey = (fileId: string): string => `${REPORTS_PREFIX}${fileId}.ndjson`;

/** What it comes to, as the API shows it. */
export const summaryKey = (fileId: string): string => `${REPORTS_PREFIX}${fileId}.summary.json`;

/** Which orders are to be sent, where that is not all of them. */
export const selectionKey = (fileId: string): string => `${REPORTS_PREFIX}${fileId}.verdicts`;
