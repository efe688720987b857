import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { convertToAttr } from '@aws-sdk/util-dynamodb';
import type { MappingSettings, Pattern } from './deployment';
import type { Images } from './dynamodb';
import { matchesPattern } from '../support/event-matcher';

type Image = Record<string, AttributeValue>;

/** Whether the record of a write passes the filter criteria of a mapping. */
export const passesFilter = ({ filters }: MappingSettings, images: Images): boolean =>
  filters === undefined || filters.some((pattern) => matchesPattern(pattern, recordFor(pattern, images)));

/** The record with the attributes that a pattern names: to marshal whole items takes long. */
function recordFor({ dynamodb: { NewImage, OldImage } = {} as Pattern }: Pattern, { before, after }: Images) {
  const eventName = !after ? 'REMOVE' : before ? 'MODIFY' : 'INSERT';
  return { eventName, dynamodb: { NewImage: imageOf(after, NewImage), OldImage: imageOf(before, OldImage) } };
}

function imageOf(item: Record<string, unknown> | undefined, attributes: Pattern | undefined): Image | undefined {
  if (!item || !attributes) return undefined;
  const image: Image = {};
  for (const name of Object.keys(attributes)) {
    const value = item[name];
    if (value === undefined) continue;
    const { M: entries } = attributes[name] as { M?: Pattern };
    image[name] = entries && isMap(value) ? { M: imageOf(value, entries)! } : convertToAttr(value, { removeUndefinedValues: true });
  }
  return image;
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
