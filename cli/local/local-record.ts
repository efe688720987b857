import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A local AWS that this folder started. */
export interface LocalRecord {
  readonly endpoint: string;
  /** Its process group. */
  readonly pid: number;
}

/** The folder of the record and the log, in the current one. */
export const STATE_FOLDER = '.cdk-order-pipeline';
export const LOG_FILE = join(STATE_FOLDER, 'ministack.log');
/** Is held while a local AWS is started or stopped. */
export const LOCK = join(STATE_FOLDER, 'lock');
const RECORD = join(STATE_FOLDER, 'local.json');

/** Returns the record; undefined without one. */
export function readRecord(): LocalRecord | undefined {
  try {
    return JSON.parse(readFileSync(RECORD, 'utf8'));
  } catch {
    return undefined;
  }
}

export const writeRecord = (record: LocalRecord): void => writeFileSync(RECORD, JSON.stringify(record));

export const removeRecord = (): void => rmSync(RECORD, { force: true });

/** Creates the folder, which Git ignores. */
export function createStateFolder(): void {
  mkdirSync(STATE_FOLDER, { recursive: true });
  writeFileSync(join(STATE_FOLDER, '.gitignore'), '*\n');
}
