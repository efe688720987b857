import * as z from 'zod/mini';
import { FILE_ID_PATTERN, FILE_STATES, type FileRecord, type FileState } from './file-record';
import { assertQuery, limitErrors, readNextToken } from '../queries/list-query';

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
  /** What tokens of this list are signed for. */
  readonly signedFor: string;
}

const DEFAULT_LIMIT = '25';

/**
 * Reads the query of `GET /files`.
 *
 * @throws Problem 400 naming every parameter that is wrong.
 */
export function fileListQuery(parameters: Record<string, string | undefined>, tokenKey: string): FileListQuery {
  const { state, limit = DEFAULT_LIMIT, nextToken } = parameters;
  const signedFor = JSON.stringify(['files', state]);
  const { position: after, faults } = readNextToken(tokenKey, signedFor, nextToken, pageKeySchema);
  assertQuery([
    ...(FILE_STATES.includes(state as FileState) ? [] : [{ path: 'state', code: 'INVALID_STATE', message: `must be one of ${FILE_STATES.join(', ')}` }]),
    ...limitErrors(limit),
    ...faults,
  ]);
  return { state: state as FileState, limit: Number(limit), after, signedFor };
}
