import { listFiles } from '../../../handlers/aws/files-table';
import type { FileState } from '../../../handlers/shared/files/file-record';
import type { ConsoleContext } from '../console-context';

const STUCK_AFTER_MS = 15 * 60_000;
const UNFINISHED: readonly FileState[] = ['RECEIVED', 'VALIDATED', 'EXTRACTING'];

/** Counts the files that should be processed by now, up to 25 in each state. In a pipeline with tenants, each tenant has a list of its own: they are not counted. */
export async function stuckFiles({ pipeline: { tables: { files }, hasTenants } }: ConsoleContext): Promise<number> {
  if (files === undefined || hasTenants) return 0;
  const pages = await Promise.all(UNFINISHED.map((state) => listFiles(files, { state, limit: 25, tokenScope: '' })));
  return pages.flatMap((page) => page.files).filter(({ receivedAt }) => Date.parse(receivedAt) < Date.now() - STUCK_AFTER_MS).length;
}
