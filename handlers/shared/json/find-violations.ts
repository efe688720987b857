import { MAX_ERRORS, moreErrors, type FieldError } from './field-error';
import { jsonPointer } from './json-pointer';

/** Orders nest four levels deep. Deeper nesting than this is an attack, and overflows the stack when the value is serialized. */
export const MAX_DEPTH = 32;

/** A string, number or punctuation mark in a text that `JSON.parse` accepts. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],]/g;

interface Frame {
  /** The keys so far; absent for an array. */
  readonly keys?: Set<string>;
  /** The current key or index. */
  step: string | number;
  expectsKey: boolean;
}

/** Finds everything in a text that `JSON.parse` accepts but changes without an error, in the value at the path `scope`. */
export function findViolations(text: string, scope: readonly string[] = []): FieldError[] {
  const errors: FieldError[] = [];
  const stack: Frame[] = [];
  // A duplicate of a key on the way to the value replaces the value, so it counts, too.
  const isInScope = () => scope.every((step, depth) => depth >= stack.length || stack[depth].step === step);
  const report = (code: string, message: string) => {
    if (isInScope()) errors.push({ path: jsonPointer(stack.slice(scope.length).map((frame) => frame.step)), code, message });
  };

  for (const [token] of text.matchAll(TOKEN)) {
    if (errors.length === MAX_ERRORS) return [...errors, moreErrors('the rest of the body was not checked')];
    const frame = stack.at(-1);
    if (token === '{' || token === '[') {
      if (stack.length === scope.length + MAX_DEPTH && isInScope()) {
        report('TOO_DEEP', `must not nest deeper than ${MAX_DEPTH} levels`);
        return errors;
      }
      stack.push(token === '{' ? { keys: new Set(), step: '', expectsKey: true } : { step: 0, expectsKey: false });
    } else if (token === '}' || token === ']') {
      stack.pop();
    } else if (token === ',') {
      nextStep(frame!);
    } else if (frame?.expectsKey) {
      readKey(frame, JSON.parse(token) as string, report);
    } else if (token[0] !== '"' && !isExactNumber(token)) {
      report('INEXACT_NUMBER', 'the number cannot be stored exactly; use fewer digits or a string');
    }
  }
  return errors;
}

function nextStep(frame: Frame): void {
  if (frame.keys) frame.expectsKey = true;
  else frame.step = (frame.step as number) + 1;
}

function readKey(frame: Frame, key: string, report: (code: string, message: string) => void): void {
  frame.step = key;
  frame.expectsKey = false;
  if (frame.keys!.has(key)) report('DUPLICATE_KEY', 'the key occurs twice; remove one of them');
  if (key === '__proto__') report('FORBIDDEN_KEY', 'the key is not allowed; remove it');
  frame.keys!.add(key);
}

/**
 * Returns whether a JSON number keeps its exact value as a JavaScript number.
 *
 * `9007199254740993`, `1e400` and `0.1234567890123456789` do not: the stored number would differ from the one in the request.
 */
export function isExactNumber(literal: string): boolean {
  const value = Number(literal);
  return Number.isFinite(value) && normalDecimal(literal) === normalDecimal(String(value));
}

/** Normalizes a decimal literal without its sign: the significant digits and the exponent of the last of them. */
function normalDecimal(literal: string): string {
  const [mantissa, power = '0'] = literal.replace(/^-/, '').toLowerCase().split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  return significant === '' ? '0' : `${significant}e${Number(power) - fraction.length + digits.length - significant.length}`;
}
