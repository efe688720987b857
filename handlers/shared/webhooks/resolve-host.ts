import { Resolver } from 'node:dns/promises';
import { isIP, isIPv4 } from 'node:net';

/** An address of a host, as connections take it. */
export interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Resolves a name to addresses. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/**
 * Resolves a name by DNS, IPv4 addresses first. The resolver of Node.js that uses the operating system has four threads for all names: a DNS server
 * that does not answer for one name would delay the others.
 *
 * @throws Error when the name has no address.
 */
export const resolveByDns: Resolve = async (host) => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  const results = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  if (addresses.length === 0) throw new Error('the name has no address');
  return addresses;
};

/** Returns the addresses of a host, which may be an address itself. */
export async function addressesOf(host: string, resolve: Resolve): Promise<HostAddress[]> {
  const addresses = isIP(host) ? [host] : await resolve(host);
  return addresses.map((address) => ({ address, family: isIPv4(address) ? 4 : 6 }));
}
