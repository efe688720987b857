import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from './attribute-values';

/** Returns the size of an item as DynamoDB counts it: at most a few bytes more, since it stores numbers with a variable length. */
export function itemSize(item: Attributes): number {
  let size = 0;
  for (const name of Object.keys(item)) size += Buffer.byteLength(name) + valueSize(item[name]);
  return size;
}

/** A list or map takes three bytes, and one for each of its values. */
function valueSize({ S, N, B, M, L }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 2;
  if (B !== undefined) return B.byteLength;
  if (M) return 3 + Object.keys(M).length + itemSize(M);
  return L ? L.reduce((size, value) => size + 1 + valueSize(value), 3) : 1;
}
