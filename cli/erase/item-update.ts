import { isDeepStrictEqual } from 'node:util';
import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../handlers/aws/attribute-values';

/** The update of the attributes by which an item differs from before, on the condition that they are as they were. */
export function itemUpdate(keys: readonly string[], before: Attributes, after: Attributes): Omit<UpdateItemCommandInput, 'TableName'> {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !keys.includes(name));
  const names = all.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const isIn = (item: Attributes) => (name: string): boolean => name in item;
  const at = (name: string): number => names.indexOf(name);
  const [set, removed, known] = [names.filter(isIn(after)), names.filter((name) => !isIn(after)(name)), names.filter(isIn(before))];
  return {
    Key: Object.fromEntries(keys.map((key) => [key, before[key]])),
    UpdateExpression: [
      ...(set.length > 0 ? [`SET ${set.map((name) => `#a${at(name)} = :n${at(name)}`).join(', ')}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#a${at(name)}`).join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: ['attribute_exists(#key)', ...known.map((name) => `#a${at(name)} = :o${at(name)}`)].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([['#key', keys[0]], ...names.map((name) => [`#a${at(name)}`, name])]),
    ExpressionAttributeValues: Object.fromEntries([
      ...set.map((name) => [`:n${at(name)}`, after[name]]), ...known.map((name) => [`:o${at(name)}`, before[name]]),
    ]),
  };
}
