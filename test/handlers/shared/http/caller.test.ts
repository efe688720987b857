import { callerOf } from '#shared';
import { apiRequest } from '../../../support/api-request';

const caller = (requestContext: Record<string, unknown>) => callerOf(apiRequest({ requestContext })).id;

test.each([
  ['a Lambda authorizer names', { authorizer: { principalId: 'caller' } }],
  ['Cognito names', { authorizer: { claims: { sub: 'caller' } } }],
  ['IAM names', { identity: { userArn: 'caller' } }],
  ['the API key names', { identity: { apiKeyId: 'caller' } }],
])('the caller is the one whom %s', (_, requestContext) => {
  expect(caller(requestContext)).toBe('caller');
});

test.each([{}, { authorizer: null, identity: {} }, { identity: { userArn: null, apiKeyId: null } }])('an unidentified caller is anonymous: %j', (requestContext) => {
  expect(caller(requestContext)).toBe('anonymous');
});

test('the authorizer takes precedence over IAM, and IAM over the API key', () => {
  const identity = { userArn: 'arn:aws:iam::111122223333:user/u', apiKeyId: 'key' };

  expect(caller({ authorizer: { principalId: 'principal', claims: { sub: 'sub' } }, identity })).toBe('principal');
  expect(caller({ identity })).toBe('arn:aws:iam::111122223333:user/u');
});

test('all sessions of a role are one caller, and roles are not', () => {
  const session = (role: string, name: string) => caller({ identity: { userArn: `arn:aws:sts::111122223333:assumed-role/${role}/${name}` } });

  expect(session('shop', 'machine-1')).toBe(session('shop', 'machine-2'));
  expect(session('shop', 'machine-1')).not.toBe(session('warehouse', 'machine-1'));
});
