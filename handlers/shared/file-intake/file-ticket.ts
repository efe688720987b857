import * as z from 'zod/mini';

/** The message in the valid-files queue: which file to extract. Everything else is in its record. */
export const fileTicketSchema = z.object({ fileId: z.string().check(z.regex(/^[0-9a-f]{32}$/)) });
export type FileTicket = z.infer<typeof fileTicketSchema>;
