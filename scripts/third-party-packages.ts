import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package with code in a bundle. */
export interface ThirdPartyPackage {
  readonly name: string;
  readonly version: string;
  /** The SPDX identifier. */
  readonly license: string;
  /** The text of its license file. */
  readonly licenseText?: string;
  /** The digest of the package that npm downloaded. */
  readonly integrity?: string;
}

const LOCKED: Record<string, { readonly integrity?: string }> = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;

/** Returns the folder of the package of a bundled file; undefined for a file of this repository. */
const packageFolder = (file: string): string | undefined => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

function packageIn(folder: string): ThirdPartyPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`the package ${name} cannot be bundled: its package.json has no license`);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return { name, version, license, integrity: LOCKED[folder]?.integrity, ...(file && { licenseText: readFileSync(join(folder, file), 'utf8').trim() }) };
}

/** The packages with code in bundles, by name. */
export function thirdPartyPackages(metafiles: readonly Metafile[]): ThirdPartyPackage[] {
  const files = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)));
  const folders = [...new Set(files.map(packageFolder).filter((folder) => folder !== undefined))];
  return folders.map(packageIn).sort((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version));
}
