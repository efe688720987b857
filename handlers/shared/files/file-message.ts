import * as z from 'zod/mini';
import { FILE_ID_PATTERN } from './file-record';

/** The message in the valid-files queue: which file to extract. Everything else is in its record. */
export const fileMessageSchema = z.object({ fileId: z.string().check(z.regex(FILE_ID_PATTERN)) });
export type FileMessage = z.infer<typeof fileMessageSchema>;
