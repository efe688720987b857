import { isExactNumber } from './exact-number';
import { MAX_ERRORS, moreErrors, type FieldError } from './field-error';
import { isPlainlyStrict } from './is-plainly-strict';
import { jsonPointer } from './json-pointer';

/** Orders nest four levels deep; whatever goes beyond this is an attack, and overflows the stack when it is written again. */
const MAX_DEPTH = 32;

/** String, number or punctuation of a text that `JSON.parse` has accepted. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],]/g;

/** A parsed document, or everything that keeps it from meaning one thing only. */
export type StrictJson = { readonly value: unknown; readonly errors?: undefined } | { readonly errors: FieldError[] };

/**
 * Parses JSON and refuses what `JSON.parse` would silently change: a key given twice, a number that does not fit, `__proto__`,
 * text that was not UTF-8. Messages call it `what`.
 */
export function parseStrictJson(text: string, what = 'body'): StrictJson {
  if (text.includes('\uFFFD')) {
    return { errors: [{ path: '', code: 'INVALID_ENCODING', message: `the ${what} is not UTF-8 (it holds U+FFFD, the mark of lost bytes)` }] };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { errors: [{ path: '', code: 'INVALID_JSON', message: `the ${what} is not JSON${position(error)}` }] };
  }
  if (isPlainlyStrict(text, value, MAX_DEPTH)) return { value };
  const errors = findHazards(text);
  return errors.length > 0 ? { errors } : { value };
}

/** Where V8 stopped reading. The rest of its message quotes the body, which does not belong in answers or logs. */
const position = (error: unknown): string => /at position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0].replace(/^/, ': error ') ?? '';

interface Frame {
  /** Keys seen so far; absent in an array. */
  readonly keys?: Set<string>;
  /** The key or index that comes now. */
  step: string | number;
  awaitsKey: boolean;
}

function findHazards(text: string): FieldError[] {
  const errors: FieldError[] = [];
  const stack: Frame[] = [];
  const report = (code: string, message: string) => errors.push({ path: jsonPointer(stack.map((frame) => frame.step)), code, message });

  for (const [token] of text.matchAll(TOKEN)) {
    if (errors.length === MAX_ERRORS) return [...errors, moreErrors('the rest of the body was not looked at')];
    const frame = stack.at(-1);
    if (token === '{' || token === '[') {
      if (stack.length === MAX_DEPTH) {
        report('TOO_DEEP', `nested deeper than ${MAX_DEPTH} levels`);
        return errors;
      }
      stack.push(token === '{' ? { keys: new Set(), step: '', awaitsKey: true } : { step: 0, awaitsKey: false });
    } else if (token === '}' || token === ']') {
      stack.pop();
    } else if (token === ',') {
      nextStep(frame!);
    } else if (frame?.awaitsKey) {
      readKey(frame, JSON.parse(token) as string, report);
    } else if (token[0] !== '"' && !isExactNumber(token)) {
      report('INEXACT_NUMBER', 'this number cannot be kept exactly; send it with fewer digits or as a string');
    }
  }
  return errors;
}

function nextStep(frame: Frame): void {
  if (frame.keys) frame.awaitsKey = true;
  else frame.step = (frame.step as number) + 1;
}

function readKey(frame: Frame, key: string, report: (code: string, message: string) => void): void {
  frame.step = key;
  frame.awaitsKey = false;
  if (frame.keys!.has(key)) report('DUPLICATE_KEY', 'this key is given twice; which one counts is not defined');
  if (key === '__proto__') report('FORBIDDEN_KEY', 'this key is not allowed');
  frame.keys!.add(key);
}
