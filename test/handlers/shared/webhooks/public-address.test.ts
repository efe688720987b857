import * as fc from 'fast-check';
import { addressCheck } from '../../../../handlers/shared';

const isAllowed = addressCheck([]);

test.each([
  '93.184.215.14', '1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.0', '172.15.0.1', '172.32.0.1', '192.167.255.255', '223.255.255.255',
  '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '2a00:1450:4001:80b::200e', '::ffff:8.8.8.8', '::ffff:808:808',
])('a request may be sent to the public address %s', (address) => {
  expect(isAllowed(address)).toBe(true);
});

test.each([
  ['0.0.0.0', 'this host'], ['10.0.0.1', 'private'], ['100.64.0.1', 'carrier-grade NAT'], ['127.0.0.1', 'loopback'], ['127.255.255.254', 'loopback'],
  ['169.254.169.254', 'the metadata of an instance'], ['169.254.170.2', 'the credentials of a container'], ['172.16.0.1', 'private'], ['172.31.255.255', 'private'],
  ['192.0.0.8', 'protocol assignments'], ['192.0.2.1', 'documentation'], ['192.168.1.1', 'private'], ['198.18.0.1', 'benchmarks'], ['203.0.113.9', 'documentation'],
  ['224.0.0.1', 'multicast'], ['240.0.0.1', 'reserved'], ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'], ['::1', 'loopback'], ['::127.0.0.1', 'IPv4-compatible'], ['fe80::1', 'link-local'], ['fc00::1', 'unique local'],
  ['fd00:ec2::254', 'the metadata of an instance'], ['ff02::1', 'multicast'], ['64:ff9b::7f00:1', 'NAT64'], ['100::1', 'discard'], ['2001::1', 'Teredo'],
  ['2001:db8::1', 'documentation'], ['2002:7f00:1::', '6to4 of loopback'], ['3fff::1', 'documentation'], ['4000::1', 'not assigned'],
  ['::ffff:127.0.0.1', 'loopback as IPv6'], ['::ffff:7f00:1', 'loopback as IPv6'], ['::ffff:a9fe:a9fe', 'metadata as IPv6'], ['::FFFF:10.0.0.1', 'private as IPv6'],
  ['example.com', 'a name'], ['', 'nothing'], ['1.2.3', 'incomplete'], ['fe80::1%eth0', 'link-local with a zone'],
])('no request may be sent to %s: %s', (address) => {
  expect(isAllowed(address)).toBe(false);
});

test('addresses of allowed networks are allowed, also in the form of IPv6, and their neighbors are not', () => {
  const check = addressCheck(['10.1.0.0/16', 'fd00:1::/32', '127.0.0.1/32']);
  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', 'fd00:1::9', '127.0.0.1', '8.8.8.8']) expect([address, check(address)]).toEqual([address, true]);
  for (const address of ['10.2.0.1', 'fd00:2::9', '127.0.0.2', '::1']) expect([address, check(address)]).toEqual([address, false]);
});

test('an IPv4 address and the same in the form of IPv6 are allowed or not alike', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => {
    expect([address, isAllowed(`::ffff:${address}`)]).toEqual([address, isAllowed(address)]);
  }), { numRuns: 1000 });
});
