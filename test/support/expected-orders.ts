import { isUtf8 } from 'node:buffer';
import { ReferenceJson } from './reference-json';

/** The expected orders of a file, with location and value (`REFUSED` for an order with errors), or the expected rejection of the file. */
export type Expected = { readonly orders: ExpectedOrder[] } | 'refused';
export interface ExpectedOrder {
  readonly offset: number;
  readonly line: number;
  readonly value: unknown;
}

export const REFUSED = Symbol('refused');

/** Reads a file as a whole, in the simplest way. */
export function expectedOrders(bytes: Buffer): Expected {
  if (!isUtf8(bytes)) return 'refused';
  const hasMark = bytes.indexOf('\uFEFF') === 0;
  const text = (hasMark ? bytes.subarray(3) : bytes).toString();
  const found = /^[ \t\r\n]*\[/.test(text) ? inDocument(text) : inObjectOrLines(text);
  const place = (start: number) => ({ offset: (hasMark ? 3 : 0) + Buffer.byteLength(text.slice(0, start)), line: text.slice(0, start).split('\n').length });
  return found === 'refused' ? found : { orders: found.map(([start, value]) => ({ ...place(start), value })) };
}

type Found = [start: number, value: unknown][] | 'refused';

function inDocument(text: string): Found {
  const document = parsed(text);
  if (!document?.orders || document.ordersKeys > 1) return 'refused';
  return document.orders.map((element) => [element.start, valueOf(element.text)]);
}

function inObjectOrLines(text: string): Found {
  if (!/^[ \t\r\n]*\{/.test(text)) return 'refused';
  const lines = [...text.matchAll(/[^\n]+/g)].filter(([line]) => /[^ \t\r]/.test(line));
  const first = parsed(lines[0][0]);
  if (first && !first.orders) return inLines(lines);
  const document = parsed(text);
  if (document && !document.orders) return [[text.indexOf('{'), valueOf(text)]];
  return inDocument(text);
}

function inLines(lines: RegExpExecArray[]): Found {
  return lines.map((line) => [line.index + /^[ \t\r]*/.exec(line[0])![0].length, valueOf(line[0])]);
}

function valueOf(text: string): unknown {
  const document = parsed(text);
  return !document || document.hasViolation ? REFUSED : JSON.parse(text);
}

function parsed(text: string): ReferenceJson | undefined {
  try {
    return new ReferenceJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
