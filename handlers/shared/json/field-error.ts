/** One thing that is wrong with an order or a request, for a program (`path`, `code`) and for a person (`message`). */
export interface FieldError {
  /** Where, as a JSON Pointer into what was sent: `/items/0/quantity`; empty for the whole. */
  readonly path: string;
  /** What, in UPPER_SNAKE_CASE. Codes are stable; messages may be reworded. */
  readonly code: string;
  /** What and how to mend it, in a sentence. It never repeats what the client sent. */
  readonly message: string;
}

/** So many errors are listed: a body of nothing but errors must not make an answer too large to send. */
export const MAX_ERRORS = 200;

/** The first errors, and how many more there are. */
export const listErrors = (errors: readonly FieldError[], most = MAX_ERRORS): FieldError[] =>
  (errors.length <= most ? [...errors] : [...errors.slice(0, most), moreErrors(`${errors.length - most} more errors are not listed`)]);

/** Says that the list goes on. */
export const moreErrors = (message: string): FieldError => ({ path: '', code: 'MORE_ERRORS', message });
