import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Returns the folder of the package of a bundled file; undefined for a file of this repository. */
const packageFolder = (file: string): string | undefined => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`the package ${name} cannot be bundled: its package.json has no license`);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : 'The package contains no license text.';
  return `${name} ${version} (${license})\n\n${text}\n`;
}

/** Writes THIRD_PARTY_LICENSES: the licenses of all packages in the bundles. */
export function writeThirdPartyLicenses(metafiles: readonly Metafile[]): void {
  const files = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const folders = [...new Set(files.map(packageFolder).filter((folder) => folder !== undefined))].sort();
  writeFileSync('THIRD_PARTY_LICENSES', folders.map(licenseOf).join(`\n${'-'.repeat(80)}\n\n`));
}
