import * as z from 'zod/mini';
import { text } from '../json/text';

/** The fields of a reason that a function of the app gives. Limits keep a rejection within the size of an event. */
export const REASON_FIELDS = {
  path: z.optional(text(0, 256)),
  code: z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,63}$/)),
  message: text(1, 1000),
} as const;
