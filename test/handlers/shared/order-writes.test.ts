import { putConfirmed, putRejected } from '#shared';
import { confirmedItem, orderRejected, rejectedItem } from '../../support/sample-messages';

test('an order is stored unless there is one that was not rejected, which then comes back', () => {
  expect(putConfirmed('table', confirmedItem())).toEqual({
    TableName: 'table',
    Item: confirmedItem(),
    ConditionExpression: 'attribute_not_exists(orderId) OR #status = :rejected',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':rejected': 'REJECTED' },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
});

test('a rejection is remembered unless there is an order or a rejection of a later command', () => {
  const item = rejectedItem(orderRejected({ sequence: 'sequence-7' }));

  expect(putRejected('table', item)).toMatchObject({
    TableName: 'table',
    Item: item,
    ConditionExpression: 'attribute_not_exists(orderId) OR (#status = :rejected AND lastCommand.#sequence < :sequence)',
    ExpressionAttributeNames: { '#status': 'status', '#sequence': 'sequence' },
    ExpressionAttributeValues: { ':rejected': 'REJECTED', ':sequence': 'sequence-7' },
  });
});
