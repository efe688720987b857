import { isIP } from 'node:net';
import { addressCheck, hostOf, resolveByDns, type FieldError } from '#shared';
import type { WebhookUrlRules } from '../../src/private/contract';

/**
 * Resolves the host of a URL and checks its addresses, so that a wrong URL is an error at once. A name that has no address yet is none: each delivery
 * checks the addresses again.
 */
export async function resolvedUrlErrors(url: string, { allowedNetworks }: WebhookUrlRules): Promise<FieldError[]> {
  const host = hostOf(new URL(url));
  if (isIP(host)) return [];
  const addresses = await resolveByDns(host).catch(() => []);
  return addresses.every(addressCheck(allowedNetworks)) ? [] : [
    { path: '/url', code: 'ADDRESS_NOT_ALLOWED', message: 'must be a public host: the name resolves to an address that is private, loopback, link-local or special' },
  ];
}
