import { reasonOf, shortReasonOf } from '#shared';
import { sampleLetter, texts } from './sample-dead-letter';

test.each([
  ['what our handlers wrote on it', { Reason: 'wrong or missing: /total' }, {}, 'wrong or missing: /total'],
  ['what EventBridge wrote on it', { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'Access denied' }, {}, 'NO_PERMISSIONS: Access denied'],
  ['what EventBridge wrote on it, without a message', { ERROR_CODE: 'SDK_CLIENT_ERROR' }, {}, 'SDK_CLIENT_ERROR'],
  ['what Lambda says of a call', {}, { requestContext: { condition: 'RetriesExhausted' } }, 'RetriesExhausted'],
  ['how often it failed', {}, {}, 'failed 5 times'],
  ['how often it failed, where a client wrote something', {}, { requestContext: { condition: 'Jane Doe' } }, 'failed 5 times'],
] as [string, Record<string, string>, object, string][])('the reason is %s', (_, attributes, body, reason) => {
  expect(reasonOf(sampleLetter(body, { attributes: texts(attributes) }), 5)).toBe(reason);
});

test('where nobody knows how often it failed, it was too often', () => {
  expect(reasonOf(sampleLetter())).toBe('failed too often');
});

test('the reason in the history names no resources of the account', () => {
  const attributes = texts({ ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'arn:aws:sqs:eu-west-1:111122223333:q' });
  expect(shortReasonOf(sampleLetter({}, { attributes }), 5)).toBe('NO_PERMISSIONS');
});

test('a long reason is cut', () => {
  expect(reasonOf(sampleLetter({}, { attributes: texts({ Reason: 'x'.repeat(1024) }) }))).toHaveLength(256);
});
