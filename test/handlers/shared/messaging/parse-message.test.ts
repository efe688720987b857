import { commandSchema, parseMessage, parseShape, PoisonMessage } from '#shared';
import { sampleCommand } from '../../../support/sample-messages';

test('a message of the right shape is read', () => {
  expect(parseMessage(JSON.stringify(sampleCommand()), commandSchema)).toEqual(sampleCommand());
});

test.each(['', '{', 'undefined'])('fails when the body is %j, which is not JSON', (body) => {
  expect(() => parseMessage(body, commandSchema)).toThrow(new PoisonMessage('the body is not JSON'));
});

test('fails when fields are wrong or missing, naming them all and quoting none', () => {
  const message = { ...sampleCommand(), commandId: '', orderId: 'canary canary', channel: 'canary', receivedAt: 'canary' };
  const parse = () => parseMessage(JSON.stringify(message), commandSchema);

  expect(parse).toThrow(new PoisonMessage('wrong or missing: /commandId, /orderId, /channel, /receivedAt'));
});

test.each([null, 1, 'text', []])('fails when the message is %j instead of an object', (value) => {
  expect(() => parseShape(value, commandSchema)).toThrow(new PoisonMessage('wrong or missing: invalid_type'));
});
