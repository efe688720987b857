import { BlockList, isIP, isIPv4 } from 'node:net';
import { GLOBAL_IPV6, SPECIAL_NETWORKS } from '../contract';

/** Whether a text is a network in CIDR notation. */
export function isNetwork(text: string): boolean {
  const [, address = '', prefix = ''] = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  return isIP(address) !== 0 && Number(prefix) <= (isIPv4(address) ? 32 : 128);
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks.filter(isNetwork)) {
    const [address, prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** Whether the host of a URL is an address, or a name, that is not public, and in none of the allowed networks. Node.js also finds mapped IPv4 addresses. */
export function isSpecialHost(hostname: string, allowedNetworks: readonly string[]): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (!isIP(host)) return /(^|\.)(localhost|local|internal)\.?$/i.test(host);
  const family = isIPv4(host) ? 'ipv4' : 'ipv6';
  if (listOf(allowedNetworks).check(host, family)) return false;
  const isMapped = /^::ffff:/i.test(host);
  return listOf(SPECIAL_NETWORKS).check(host, family) || (family === 'ipv6' && !isMapped && !listOf([GLOBAL_IPV6]).check(host, family));
}
