import { isIP } from 'node:net';
import { addressCheck } from './public-address';
import { WEBHOOK_LIMITS, type WebhookUrlRules } from '../../../src/private/contract';
import type { FieldError } from '../json/field-error';

const error = (code: string, message: string): FieldError[] => [{ path: '/url', code, message }];

/** The address in a URL, without the brackets of IPv6. A name for a URL with a name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** Names that never are in the public DNS. */
const isLocalName = (host: string): boolean => /(^|\.)(localhost|local|internal)\.?$/i.test(host);

/**
 * Validates the URL of a webhook, without resolving its name. JavaScript reads other spellings of an IPv4 address, such as `0x7f.1`, as that address.
 *
 * @returns the errors, none for a URL to which requests may be sent if its name resolves to public addresses.
 */
export function webhookUrlErrors(text: string, { allowHttp, allowedNetworks }: WebhookUrlRules): FieldError[] {
  if (text.length > WEBHOOK_LIMITS.URL || !URL.canParse(text)) {
    return error('INVALID_URL', `must be an absolute URL of at most ${WEBHOOK_LIMITS.URL} characters, such as https://example.com/webhooks`);
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) return error('HTTPS_REQUIRED', 'must begin with https://');
  if (url.username !== '' || url.password !== '') return error('CREDENTIALS_IN_URL', 'must not contain credentials; verify the signature of requests instead');
  if (url.hash !== '') return error('FRAGMENT_IN_URL', 'must not contain a fragment, which is not sent');
  const host = hostOf(url);
  const isPublic = isIP(host) ? addressCheck(allowedNetworks)(host) : !isLocalName(host);
  return isPublic ? [] : error('ADDRESS_NOT_ALLOWED', 'must be a public host: private, loopback, link-local and other special addresses are not allowed');
}
