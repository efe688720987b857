/** One error in an order or a request, for programs (`path`, `code`) and for developers (`message`). */
export interface FieldError {
  /** The field, as a JSON Pointer such as `/items/0/quantity`; empty for the whole document. */
  readonly path: string;
  /** The type of error, in UPPER_SNAKE_CASE. Codes are stable; messages may change. */
  readonly code: string;
  /** What is wrong and how to fix it. It never quotes the request. */
  readonly message: string;
}

/** The maximum number of listed errors. It keeps the response small when a large body is all wrong. */
export const MAX_ERRORS = 200;

/** Returns the first errors, and an entry with the number of the others. */
export const listErrors = (errors: readonly FieldError[], most = MAX_ERRORS): FieldError[] =>
  (errors.length <= most ? [...errors] : [...errors.slice(0, most), moreErrors(`${errors.length - most} more errors are not listed`)]);

/** Adds errors of further checks. A field that has an error already gets no second one. */
export function addErrors(errors: FieldError[], further: readonly FieldError[]): FieldError[] {
  if (further.length === 0) return errors;
  const reported = new Set(errors.map(({ path }) => path));
  return [...errors, ...further.filter(({ path }) => !reported.has(path))];
}

/** Creates the last entry of an incomplete list of errors. */
export const moreErrors = (message: string): FieldError => ({ path: '', code: 'MORE_ERRORS', message });
