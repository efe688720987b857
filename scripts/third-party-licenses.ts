import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The folder of the package that a bundled file belongs to; undefined for a file of our own. */
const packageFolder = (file: string): string | undefined => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`${name} does not say its license; it cannot be bundled`);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : 'The package carries no licence text of its own.';
  return `${name} ${version} (${license})\n\n${text}\n`;
}

/** Writes THIRD_PARTY_LICENSES: the licence of every package that esbuild put into `assets/`. */
export function writeThirdPartyLicenses(metafiles: readonly Metafile[]): void {
  const files = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const folders = [...new Set(files.map(packageFolder).filter((folder) => folder !== undefined))].sort();
  writeFileSync('THIRD_PARTY_LICENSES', folders.map(licenseOf).join(`\n${'-'.repeat(80)}\n\n`));
}
