import * as z from 'zod/mini';
import { Problem } from '../problem';
import { FILE_ID_PATTERN, FILE_STATES, type FileRecord, type FileState } from './file-record';

const pageKeySchema = z.object({ fileId: z.string().check(z.regex(FILE_ID_PATTERN)), state: z.enum(FILE_STATES), receivedAt: z.iso.datetime() });

/** Where a page of files ends: the key of its last one. */
export type FilePageKey = z.infer<typeof pageKeySchema>;

/** Some files, and where the next ones begin, if there are any. */
export interface FilePage {
  readonly files: readonly FileRecord[];
  readonly next?: FilePageKey;
}

/** What a client asks for when it lists files. */
export interface FileListQuery {
  readonly state: FileState;
  readonly limit: number;
  readonly after?: FilePageKey;
}

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

/**
 * Reads the query of `GET /files`.
 *
 * @throws Problem 400 naming every parameter that is wrong.
 */
export function fileListQuery(parameters: Record<string, string | undefined>): FileListQuery {
  const { state, limit = String(DEFAULT_LIMIT), nextToken } = parameters;
  const after = nextToken === undefined ? undefined : readToken(nextToken);
  const faults = [
    FILE_STATES.includes(state as FileState) ? [] : { path: 'state', code: 'INVALID_STATE', message: `must be one of ${FILE_STATES.join(', ')}` },
    /^[1-9]\d{0,2}$/.test(limit) && Number(limit) <= MAX_LIMIT ? [] : { path: 'limit', code: 'INVALID_LIMIT', message: `must be an integer from 1 to ${MAX_LIMIT}` },
    nextToken === undefined || after?.state === state ? [] : { path: 'nextToken', code: 'INVALID_TOKEN', message: 'must be the nextToken of an answer for this state' },
  ].flat();
  if (faults.length > 0) throw new Problem(400, 'invalid-query', 'the query is not valid; see errors', faults);
  return { state: state as FileState, limit: Number(limit), after };
}

/** The token that asks for the files after these. It tells nothing that the answer does not. */
export const writeToken = (key: FilePageKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');

function readToken(token: string): FilePageKey | undefined {
  try {
    return pageKeySchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
  } catch {
    return undefined;
  }
}
