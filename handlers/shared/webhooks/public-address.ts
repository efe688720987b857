import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { GLOBAL_IPV6, SPECIAL_NETWORKS } from '../../../src/private/contract';

/** Makes a list of networks in CIDR notation. */
function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

const SPECIAL = networkList(SPECIAL_NETWORKS);
const GLOBAL = networkList([GLOBAL_IPV6]);

/** An IPv4 address in the form of an IPv6 address, such as `::ffff:127.0.0.1` or `::ffff:7f00:1`. Connections to it are connections to the IPv4 address. */
const MAPPED = networkList(['::ffff:0:0/96']);

/**
 * Makes the check that requests may be sent to an address: it is public, or in one of the allowed networks. The address of a name is checked in the
 * same way, after it is resolved.
 */
export function addressCheck(allowedNetworks: readonly string[]): (address: string) => boolean {
  const allowed = networkList(allowedNetworks);
  return (address) => {
    if (!isIPv4(address) && !isIPv6(address)) return false;
    const plain = withoutMapping(address);
    const family = familyOf(plain);
    return allowed.check(plain, family) || ((family === 'ipv4' || GLOBAL.check(plain, family)) && !SPECIAL.check(plain, family));
  };
}

function withoutMapping(address: string): string {
  if (isIPv4(address) || !MAPPED.check(address, 'ipv6')) return address;
  // URL normalizes every spelling to ::ffff:7f00:1.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2);
  const bytes = Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
  return [...bytes].join('.');
}
