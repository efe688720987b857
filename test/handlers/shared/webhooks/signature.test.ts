import * as fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { deriveSecret, signatureHeaders, signingVersions } from '../../../../handlers/shared';
import { sampleWebhook } from '../../../support/sample-webhooks';

const secret = deriveSecret('signing-secret', sampleWebhook(), 1);

test('an independent implementation of Standard Webhooks verifies the signature of any body', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\w-]{1,128}$/), (text, eventId) => {
    const body = JSON.stringify({ text });
    expect(new StandardWebhook(secret).verify(body, signatureHeaders(eventId, body, [secret], Date.now()))).toEqual({ text });
  }));
});

test('verification fails for another body, ID, time and secret', () => {
  const headers = signatureHeaders('event-1', '{}', [secret], Date.now());
  const verify = (body: string, changed: object, with_ = secret) => new StandardWebhook(with_).verify(body, { ...headers, ...changed });
  expect(verify('{}', {})).toEqual({});
  expect(() => verify('{"a":1}', {})).toThrow('No matching signature');
  expect(() => verify('{}', { 'webhook-id': 'event-2' })).toThrow('No matching signature');
  expect(() => verify('{}', { 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 1) })).toThrow('No matching signature');
  expect(() => verify('{}', {}, deriveSecret('signing-secret', sampleWebhook(), 2))).toThrow('No matching signature');
});

test('a request with several signatures is verified with each of the secrets', () => {
  const secrets = [1, 2].map((version) => deriveSecret('signing-secret', sampleWebhook(), version));
  const headers = signatureHeaders('event-1', '{}', secrets, Date.now());
  for (const each of secrets) expect(new StandardWebhook(each).verify('{}', headers)).toEqual({});
});

test('every webhook, version and signing secret has another secret, of 32 bytes', () => {
  const inputs = [['a', sampleWebhook(), 1], ['b', sampleWebhook(), 1], ['a', sampleWebhook(), 2], ['a', sampleWebhook({ webhookId: 'wh_2' }), 1], ['a', sampleWebhook({ owner: 'acme' }), 1]] as const;
  const secrets = inputs.map(([root, webhook, version]) => deriveSecret(root, webhook, version));
  expect(new Set(secrets).size).toBe(inputs.length);
  for (const each of secrets) expect(Buffer.from(each.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
  expect(deriveSecret('a', sampleWebhook(), 1)).toBe(secrets[0]);
});

test('the previous secret signs until the end of the overlap', () => {
  expect(signingVersions({}, 0)).toEqual([1]);
  expect(signingVersions({ secretVersion: 3, previousSecretUntil: 1000 }, 999)).toEqual([3, 2]);
  expect(signingVersions({ secretVersion: 3, previousSecretUntil: 1000 }, 1000)).toEqual([3]);
});
