import { isDeepStrictEqual } from 'node:util';
import type { DemoFile } from './scenario';
import { mapAtMost } from '../../handlers/shared/messaging/map-at-most';
import type { FileView } from '../../test/support/deployed-files';
import type { DeployedExample } from '../deployed-example';
import type { Totals } from '../totals';

/** The orders of a file by outcome. */
export interface FileOrderCounts {
  readonly orders: number;
  readonly confirmed: number;
  /** Equal to a stored order, or to an earlier order of the file. */
  readonly repeated: number;
  /** Listed in the report and not sent. */
  readonly invalid: number;
  readonly rejected: number;
  readonly deadLettered: number;
  /** Valid according to the report, without a known outcome: lost orders. */
  readonly unaccounted: number;
}

/** A processed file. */
export interface FileResult extends FileOrderCounts {
  readonly file: DemoFile;
  readonly view: FileView;
}

const MAX_CONCURRENT_READS = 20;

/** Derives the outcome of every line of a file's report from events, dead-letter queues and the API. */
export async function resolveFile({ api, files, state }: DeployedExample, file: DemoFile, view: FileView): Promise<FileResult> {
  const report = await files.report(view);
  const orderIds = (outcome: string) => report.filter((line) => line.outcome === outcome).map(({ orderId }) => orderId!);
  const published = (type: string) => new Set(state.eventsOf(type, view.fileId).map(({ detail }) => detail.metadata.orderId));
  const [confirmed, rejected] = [published('OrderConfirmed'), published('OrderRejected')];
  const sent = view.state === 'REJECTED' ? [] : orderIds('VALID');
  const withoutEvent = sent.filter((orderId) => !confirmed.has(orderId) && !rejected.has(orderId));
  const deadLettered = withoutEvent.filter((orderId) => state.isDeadLettered(orderId)).length;
  const isStored = await mapAtMost(MAX_CONCURRENT_READS, withoutEvent, async (orderId) => (await api.get(orderId)).body.status === 'CONFIRMED');
  const stored = isStored.filter(Boolean).length;
  return {
    file,
    view,
    orders: report.length,
    confirmed: confirmed.size,
    repeated: stored + orderIds('REPEATED').length,
    invalid: orderIds('INVALID').length,
    rejected: rejected.size,
    deadLettered,
    unaccounted: withoutEvent.length - stored - deadLettered,
  };
}

/** The orders of all files by outcome. */
export function fileTotals(results: readonly FileResult[]): Totals {
  const sum = (field: keyof FileOrderCounts) => results.reduce((total, file) => total + file[field], 0);
  return {
    label: 'in files',
    total: sum('orders'),
    outcomes: {
      'confirmed': sum('confirmed'), 'repeated': sum('repeated'), 'invalid': sum('invalid'), 'rejected': sum('rejected'), 'dead-lettered': sum('deadLettered'),
    },
    unaccounted: sum('unaccounted'),
  };
}

/** Describes the files whose state or numbers are not the expected ones. */
export const unexpectedFiles = (results: readonly FileResult[]): string[] => results.flatMap(({ file, view, confirmed, repeated, invalid }) => {
  const actual = { state: view.state, confirmed, repeated, invalid };
  return isDeepStrictEqual(actual, file.expected) ? []
    : [`${file.name} (${file.description}): expected ${JSON.stringify(file.expected)}, got ${JSON.stringify(actual)}`];
});
