import { parsePlacementEvent, PoisonMessage } from '#shared';
import { onTheBus, orderRejected, orderValidated } from '../../support/sample-messages';

test.each([['OrderValidated', orderValidated()], ['OrderRejected', orderRejected()]])('%s is read back as it was said', (_, event) => {
  expect(parsePlacementEvent(JSON.stringify(onTheBus(event)))).toEqual(event);
});

test.each([
  ['is not JSON', '', 'the body is not JSON'],
  ['is of another type', JSON.stringify({ ...onTheBus(orderValidated()), 'detail-type': 'OrderShipped' }), 'wrong or missing: /detail-type'],
  ['has no detail', JSON.stringify({ 'detail-type': 'OrderValidated' }), 'wrong or missing: /detail'],
  ['says one type and holds another', JSON.stringify({ ...onTheBus(orderRejected()), 'detail-type': 'OrderValidated' }), 'wrong or missing: /detail/data/order'],
])('fails when the body %s', (_, body, reason) => {
  expect(() => parsePlacementEvent(body)).toThrow(new PoisonMessage(reason));
});
