import * as z from 'zod/mini';
import { FILE_STATES, type FileRecord, type FileState } from './file-record';
import type { Caller } from '../http/caller';
import { FILE_ID_PATTERN } from '../orders/ids';
import { assertValidQuery, limitErrors, readNextToken } from '../queries/list-query';

const pageKeySchema = z.object({ fileId: z.string().check(z.regex(FILE_ID_PATTERN)), receivedAt: z.iso.datetime() });

/** The key of the last file on a page. */
export type FilePageKey = z.infer<typeof pageKeySchema>;

/** A page of files, and its last key if more files may follow. */
export interface FilePage {
  readonly files: readonly FileRecord[];
  readonly next?: FilePageKey;
}

/** The parameters of `GET /files`. */
export interface FileListQuery {
  readonly tenant?: string;
  readonly state: FileState;
  readonly limit: number;
  readonly after?: FilePageKey;
  /** The query for which the pagination token is valid. */
  readonly tokenScope: string;
}

const DEFAULT_LIMIT = '25';

/**
 * Parses the query of `GET /files`.
 *
 * @throws Problem 400 with all errors in the query.
 */
export function fileListQuery(parameters: Record<string, string | undefined>, tokenKey: string, { tenant }: Pick<Caller, 'tenant'> = {}): FileListQuery {
  const { state, limit = DEFAULT_LIMIT, nextToken } = parameters;
  const tokenScope = JSON.stringify(['files', tenant, state]);
  const { position: after, errors } = readNextToken(tokenKey, tokenScope, nextToken, pageKeySchema);
  assertValidQuery([
    ...(FILE_STATES.includes(state as FileState) ? [] : [{ path: 'state', code: 'INVALID_STATE', message: `must be one of ${FILE_STATES.join(', ')}` }]),
    ...limitErrors(limit),
    ...errors,
  ]);
  return { tenant, state: state as FileState, limit: Number(limit), after, tokenScope };
}
