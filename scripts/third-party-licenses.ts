import type { ThirdPartyPackage } from './third-party-packages';

const withoutText = 'The package contains no license text.';
/** Texts that differ in line breaks only are one text. */
const withoutBreaks = (text: string): string => text.replace(/\s+/g, ' ');

/** The content of THIRD_PARTY_LICENSES: each license text once, after the packages that it is of. */
export function thirdPartyLicenses(packages: readonly ThirdPartyPackage[]): string {
  const texts = new Map<string, { text: string; packages: string[] }>();
  for (const { name, version, license, licenseText = withoutText } of packages) {
    const key = withoutBreaks(licenseText);
    const entry = texts.get(key) ?? { text: licenseText, packages: [] };
    texts.set(key, entry);
    entry.packages.push(`${name} ${version} (${license})`);
  }
  return [...texts.values()].map((entry) => `${entry.packages.join('\n')}\n\n${entry.text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}
