import { toAttributes } from '../../../handlers/aws/attribute-values';
import { itemSize } from '../../../handlers/aws/item-size';

test.each<[string, object, number]>([
  ['the item in the documentation of DynamoDB', { 'shirt-color': 'R', 'shirt-size': 'M' }, 23],
  ['names and text in UTF-8', { ü: '€€' }, 8],
  ['a boolean and null', { a: true, b: null }, 4],
  ['a number of five digits', { a: 12_345 }, 1 + 5],
  ['an empty list and an empty map', { a: [], b: {} }, 8],
  ['a list', { a: ['xx', 'y'] }, 1 + 3 + 3 + 2],
  ['a map', { a: { bb: 'xx', c: 'y' } }, 1 + 3 + 5 + 3],
])('the size of %s is counted as DynamoDB counts it', (_, item, bytes) => {
  expect(itemSize(toAttributes(item))).toBe(bytes);
});
