import type { CallerContext } from './api-request';
import type { CallerValue } from '../../../src/private/contract';
import { valueAt } from '../json/value-at';

/** Whether a claim contains a value, or an entry of a context is the value. */
export const isListed = (source: CallerValue, value: string, context: CallerContext): boolean =>
  (source.from === 'claim' ? listOf(givenValue(source, context)) : [textOf(source, context)]).includes(value);

/** The values of a claim. API Gateway passes several as text: a REST API as `a,b`, an HTTP API as `[a b]`. */
function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  const [, list] = /^\[(.*)\]$/.exec(String(value ?? '')) ?? [];
  return list === undefined ? String(value ?? '').split(',') : list.split(' ');
}

/** The text of a claim or of an entry of a context; undefined for an object. */
export function textOf(source: CallerValue, context: CallerContext): string | undefined {
  const value = givenValue(source, context);
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

const givenValue = ({ from, name }: CallerValue, { authorizer }: CallerContext): unknown =>
  valueAt(authorizer, ...(from === 'claim' ? ['claims', name] : [name]));
