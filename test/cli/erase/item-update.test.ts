import { itemUpdate } from '../../../cli/erase/item-update';

test('an update sets and removes what differs, on the condition that it is as it was', () => {
  const before = { id: { S: '1' }, a: { S: 'x' }, b: { S: 'same' }, c: { N: '1' } };
  expect(itemUpdate(['id'], before, { id: { S: '1' }, a: { S: 'y' }, b: { S: 'same' }, d: { S: 'new' } })).toEqual({
    Key: { id: { S: '1' } },
    UpdateExpression: 'SET #a0 = :n0, #a2 = :n2 REMOVE #a1',
    ConditionExpression: 'attribute_exists(#key) AND #a0 = :o0 AND #a1 = :o1',
    ExpressionAttributeNames: { '#key': 'id', '#a0': 'a', '#a1': 'c', '#a2': 'd' },
    ExpressionAttributeValues: { ':n0': { S: 'y' }, ':n2': { S: 'new' }, ':o0': { S: 'x' }, ':o1': { N: '1' } },
  });
});
