import { webhookUrlErrors } from '../../../../handlers/shared';
import { LOCAL_SETTINGS, SETTINGS } from '../../../support/sample-webhooks';

const codeOf = (url: string, rules = SETTINGS) => webhookUrlErrors(url, rules)[0]?.code;

test.each(['https://example.com', 'https://example.com:8443/hooks?shop=1', 'https://1.1.1.1/', 'https://[2606:4700:4700::1111]/'])('%s is a URL of a webhook', (url) => {
  expect(webhookUrlErrors(url, SETTINGS)).toEqual([]);
});

test.each([
  ['INVALID_URL', ''], ['INVALID_URL', '/hooks'], ['INVALID_URL', 'https://'], ['INVALID_URL', `https://example.com/${'a'.repeat(2048)}`],
  ['HTTPS_REQUIRED', 'http://example.com'], ['HTTPS_REQUIRED', 'ftp://example.com'], ['HTTPS_REQUIRED', 'file:///etc/passwd'], ['HTTPS_REQUIRED', 'javascript:alert(1)'],
  ['CREDENTIALS_IN_URL', 'https://user:password@example.com'], ['FRAGMENT_IN_URL', 'https://example.com/#1'],
  ['ADDRESS_NOT_ALLOWED', 'https://127.0.0.1'], ['ADDRESS_NOT_ALLOWED', 'https://0x7f.1'], ['ADDRESS_NOT_ALLOWED', 'https://2130706433'], ['ADDRESS_NOT_ALLOWED', 'https://017700000001'],
  ['ADDRESS_NOT_ALLOWED', 'https://127.1'], ['ADDRESS_NOT_ALLOWED', 'https://127。0。0。1'], ['ADDRESS_NOT_ALLOWED', 'https://[::1]'], ['ADDRESS_NOT_ALLOWED', 'https://[::ffff:10.0.0.1]'],
  ['ADDRESS_NOT_ALLOWED', 'https://169.254.169.254/latest/meta-data'], ['ADDRESS_NOT_ALLOWED', 'https://localhost'], ['ADDRESS_NOT_ALLOWED', 'https://LOCALHOST.'],
  ['ADDRESS_NOT_ALLOWED', 'https://api.localhost'], ['ADDRESS_NOT_ALLOWED', 'https://metadata.google.internal'],
])('fails with %s for %s', (code, url) => {
  expect(webhookUrlErrors(url, SETTINGS)).toEqual([{ path: '/url', code, message: expect.stringMatching(/^must /) }]);
});

test('http and private networks are allowed where the app allows them, and no others', () => {
  expect(codeOf('http://127.0.0.1:8080/', LOCAL_SETTINGS)).toBeUndefined();
  expect(codeOf('http://example.com/', LOCAL_SETTINGS)).toBeUndefined();
  expect(codeOf('http://10.0.0.1/', LOCAL_SETTINGS)).toBe('ADDRESS_NOT_ALLOWED');
  expect(codeOf('ftp://127.0.0.1/', LOCAL_SETTINGS)).toBe('HTTPS_REQUIRED');
});
