import * as z from 'zod/mini';

/** Whether every service carries a text unchanged: DynamoDB replaces lone surrogates, and SQS refuses U+FFFE and U+FFFF. */
export const isPortable = (value: string): boolean => !SUSPICIOUS.test(value) || (value.isWellFormed() && !/[\uFFFE\uFFFF]/.test(value));

/** Surrogates, which are half or in pairs, and the two code points. Nearly every text has none. */
const SUSPICIOUS = /[\uD800-\uDFFF\uFFFE\uFFFF]/;

export const ILL_FORMED_TEXT = {
  code: 'ILL_FORMED_TEXT', message: 'must be well-formed Unicode: it holds half a surrogate pair, U+FFFE or U+FFFF',
} as const;

/** Text with a length in UTF-16 code units. */
export const text = (minLength: number, maxLength: number) => z.string().check(
  z.minLength(minLength),
  z.maxLength(maxLength),
  z.refine(isPortable, { error: ILL_FORMED_TEXT.message, params: { code: ILL_FORMED_TEXT.code } }),
);
