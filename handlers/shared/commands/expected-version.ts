import * as z from 'zod/mini';

/** The version that the order must have when the command is applied; otherwise, the command is refused. */
export const expectedVersionSchema = z.optional(z.int().check(z.gte(1)));
