import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { softwareBillOfMaterials } from '../../scripts/software-bill-of-materials';

const read = (file: string) => readFileSync(join(__dirname, '..', '..', file), 'utf8');

test('a package has its URL, license and digest', () => {
  const integrity = `sha512-${Buffer.from('0a1b', 'hex').toString('base64')}`;
  expect(softwareBillOfMaterials([{ name: '@smithy/core', version: '4.0.0', license: 'Apache-2.0', integrity }])).toMatchObject({
    bomFormat: 'CycloneDX',
    components: [{
      name: '@smithy/core',
      purl: 'pkg:npm/%40smithy/core@4.0.0',
      licenses: [{ license: { id: 'Apache-2.0' } }],
      hashes: [{ alg: 'SHA-512', content: '0a1b' }],
    }],
  });
});

test('a choice of licenses is an expression', () => {
  expect(softwareBillOfMaterials([{ name: 'one', version: '1.0.0', license: '(MIT OR Apache-2.0)' }])).toMatchObject({
    components: [{ licenses: [{ expression: '(MIT OR Apache-2.0)' }] }],
  });
});

test('the package lists what is in its bundles: each package of THIRD_PARTY_LICENSES, with its digest', () => {
  const { components } = JSON.parse(read('sbom.cdx.json'));
  const licenses = read('THIRD_PARTY_LICENSES').split('\n');
  expect(components.length).toBeGreaterThan(50);
  for (const { name, version, hashes } of components) {
    expect(licenses.some((line) => line.startsWith(`${name} ${version} (`))).toBe(true);
    expect(hashes).toHaveLength(1);
  }
});
