import { readFileSync } from 'node:fs';
import type { ThirdPartyPackage } from './third-party-packages';

const { name, version, description, license } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The URL of a package of npm, as https://github.com/package-url describes it. */
const packageUrl = (packageName: string, packageVersion: string): string => `pkg:npm/${packageName.replace('@', '%40')}@${packageVersion}`;

/** A license is an SPDX identifier or an expression of several. */
const licenses = (spdx: string): object[] => [/[ (]/.test(spdx) ? { expression: spdx } : { license: { id: spdx } }];

/** The digest of the package that npm downloaded: base64 in the lock file, hexadecimal here. */
const hashes = (integrity?: string): object => integrity?.startsWith('sha512-')
  ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }] }
  : {};

const componentOf = (packageOf: ThirdPartyPackage): object => ({
  'type': 'library',
  'bom-ref': packageUrl(packageOf.name, packageOf.version),
  'name': packageOf.name,
  'version': packageOf.version,
  'purl': packageUrl(packageOf.name, packageOf.version),
  'licenses': licenses(packageOf.license),
  ...hashes(packageOf.integrity),
});

/**
 * The software bill of materials of the package, in the format CycloneDX: the packages with code in its bundles. What npm lists are the dependencies, of
 * which the package has none. It has no time and no random number, so that two builds of a commit write the same file.
 */
export const softwareBillOfMaterials = (packages: readonly ThirdPartyPackage[]): object => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: { 'type': 'library', 'bom-ref': packageUrl(name, version), name, version, description, 'purl': packageUrl(name, version), 'licenses': licenses(license) },
  },
  components: packages.map(componentOf),
  dependencies: [{ ref: packageUrl(name, version), dependsOn: packages.map((each) => packageUrl(each.name, each.version)) }],
});
