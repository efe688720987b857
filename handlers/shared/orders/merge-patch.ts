import { stringify } from 'safe-stable-stringify';
import type { OrderDocument, OrderPatch } from './order-document';
import { isObject } from '../json/is-object';
import { valueAt } from '../json/value-at';

/** Applies a JSON merge patch (RFC 7396). Only a `null` in the patch removes; a `null` in the order stays. */
export function mergePatch(target: OrderDocument, patch: OrderPatch): OrderDocument {
  // Not an assignment: the key `__proto__` would replace the prototype.
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, isObject(value) ? mergePatch(asObject(merged.get(key)), value) : value);
  }
  return Object.fromEntries(merged);
}

/** The fields that a patch sets, without those that it removes. A `null` in an array is a value: an array replaces another as a whole. */
export function withoutRemovals(patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null).map(([key, value]) => [key, withoutRemovals(value)]));
}

/** The merge patch with the fields by which two orders differ. In it, `null` stands for a field that is removed or that is `null`. */
export function differenceOf(before: OrderDocument, after: OrderDocument): OrderPatch {
  return Object.fromEntries(differingFields(before, after).map((field) => {
    const [one, other] = [valueAt(before, field), valueAt(after, field) ?? null];
    return [field, isObject(one) && isObject(other) ? differenceOf(one, other) : other];
  }));
}

/** The fields of two objects that differ. */
export const differingFields = (before: OrderDocument, after: OrderDocument): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => stringify(valueAt(before, field)) !== stringify(valueAt(after, field)));

const asObject = (value: unknown): OrderDocument => (isObject(value) ? value : {});
