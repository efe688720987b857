import type { ObjectVersion } from './erasure-aws';
import type { ErasureRun, PlaceResult } from './erasure-run';
import { inflated } from '../../handlers/shared/order-file/inflated';
import { FILE_PART, INCOMING_PREFIX } from '../../src/private/contract';

/** The states of a file whose orders are sent, or will not be. */
const FINISHED = new Set(['COMPLETED', 'REJECTED']);

/** Finds the order files that name the customer, earlier versions included, and deletes them if the command requires it. A file has orders of others as well. */
export async function eraseFiles(bucket: string, run: ErasureRun): Promise<PlaceResult[]> {
  const { command: { execute, deletesFiles, skipsFiles, tenant }, pipeline, aws } = run;
  const place = `bucket ${bucket}, ${INCOMING_PREFIX}`;
  if (skipsFiles) return [{ place, what: 'order files', found: 0, action: 'list', done: 0, note: 'not searched, because of --skip-files' }];
  const found: ObjectVersion[] = [];
  let bytes = 0;
  for await (const page of aws.listVersions(bucket, INCOMING_PREFIX + (pipeline.hasTenants ? `${tenant}/` : ''))) {
    for (const version of page) {
      if (run.interruption.aborted) break;
      if (await contains(await aws.readVersion(bucket, version), run.command.customerId)) found.push(version);
      run.progress(`order files: ${bytes += version.bytes} bytes read`);
    }
  }
  const isFinished = deletesFiles && found.length > 0 ? await finishedFiles(run) : () => false;
  const deletable = deletesFiles ? found.filter(isFinished) : [];
  if (execute) for (const version of deletable) await aws.deleteVersion(bucket, version);
  const listed = found.map(({ key, versionId }) => (versionId === undefined ? key : `${key} (version ${versionId})`)).join(', ');
  return [{
    place,
    what: 'order files',
    found: found.length,
    action: deletesFiles ? 'delete' : 'list',
    done: execute ? deletable.length : 0,
    ...(found.length === 0 ? {} : { note: noteOf(listed, found.length - deletable.length, deletesFiles) }),
  }];
}

const noteOf = (listed: string, rest: number, deletesFiles: boolean): string => {
  if (!deletesFiles) return `${listed}: they expire after fileRetention, 90 days by default; --delete-files deletes them, with the orders of others in them`;
  return rest > 0 ? `${listed}: ${rest} of them are processed at the moment; run the command again` : listed;
};

/** Makes the check that the orders of a file are all sent. A file without a record in the files table is finished. */
async function finishedFiles({ aws, pipeline }: ErasureRun): Promise<(version: ObjectVersion) => boolean> {
  const unfinished = new Set<string>();
  for await (const page of aws.scan(pipeline.tables.files!)) {
    for (const { part, key, versionId, state } of page) {
      if (part?.S === FILE_PART && !FINISHED.has(state?.S ?? '')) unfinished.add(`${key?.S} ${versionId?.S ?? ''}`);
    }
  }
  return ({ key, versionId = '' }) => !unfinished.has(`${key} ${versionId}`) && !unfinished.has(`${key} `);
}

/** Whether a file, which may be compressed, has the ID of the customer as a whole word. */
async function contains(body: AsyncIterable<Uint8Array>, customerId: string): Promise<boolean> {
  const needles = [...new Set([customerId, JSON.stringify(customerId).slice(1, -1)])].map((each) => Buffer.from(each));
  // A word can be at the beginning and at the end of a file, and in two chunks.
  const longest = Math.max(...needles.map(({ length }) => length));
  let rest = Buffer.from(' ');
  for await (const chunk of (await inflated(body)).bytes) {
    const bytes = Buffer.concat([rest, chunk]);
    if (needles.some((needle) => hasWord(bytes, needle))) return true;
    rest = bytes.subarray(Math.max(0, bytes.length - longest - 2));
  }
  return needles.some((needle) => hasWord(Buffer.concat([rest, Buffer.from(' ')]), needle));
}

/** Whether bytes have a word with something before and after it that is not part of a word. */
function hasWord(bytes: Buffer, word: Buffer): boolean {
  for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + 1)) {
    const [before, after] = [bytes[at - 1], bytes[at + word.length]];
    if (before !== undefined && after !== undefined && !isWordByte(before) && !isWordByte(after)) return true;
  }
  return false;
}

const isWordByte = (byte: number): boolean => byte >= 128 || /[A-Za-z0-9_-]/.test(String.fromCharCode(byte));
