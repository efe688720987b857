import { thirdPartyLicenses } from '../../scripts/third-party-licenses';

const mit = (name: string, licenseText: string) => ({ name, version: '1.0.0', license: 'MIT', licenseText });

test('packages with the same license text share it, whatever its line breaks', () => {
  const licenses = thirdPartyLicenses([mit('one', 'Permission is\ngranted.'), mit('two', 'Permission\nis granted.'), mit('three', 'Copyright Three')]);
  expect(licenses).toBe(`one 1.0.0 (MIT)\ntwo 1.0.0 (MIT)\n\nPermission is\ngranted.\n\n${'-'.repeat(80)}\n\nthree 1.0.0 (MIT)\n\nCopyright Three\n`);
});

test('a package without a license text is listed with its license', () => {
  expect(thirdPartyLicenses([{ name: 'one', version: '1.0.0', license: 'MIT' }])).toBe('one 1.0.0 (MIT)\n\nThe package contains no license text.\n');
});
