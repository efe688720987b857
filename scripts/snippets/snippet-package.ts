import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { libraryAssembly } from './assemblies';
import { ROOT, type SnippetDocument } from './snippet-documents';

const PACKAGES = ['aws-cdk-lib', 'constructs', join('@types', 'node')];

/**
 * Writes a package for jsii-rosetta, which reads snippets of an assembly only: that of the library, with its docstrings, in which every document is the
 * README of a submodule. Returns its directory.
 */
export function writeSnippetPackage(documents: readonly SnippetDocument[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'snippets-'));
  const assembly = libraryAssembly();
  const submodules = Object.fromEntries(documents.map(({ path, markdown }) => [`${assembly.name}.${moduleOf(path)}`, { readme: { markdown } }]));
  writeFileSync(join(directory, '.jsii'), JSON.stringify({ ...assembly, readme: undefined, submodules }));
  cpSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  cpSync(join(ROOT, 'rosetta'), join(directory, 'rosetta'), { recursive: true });
  linkPackages(directory, assembly.name);
  return directory;
}

function linkPackages(directory: string, library: string): void {
  mkdirSync(join(directory, 'node_modules', '@types'), { recursive: true });
  symlinkSync(ROOT, join(directory, 'node_modules', library));
  for (const name of PACKAGES) symlinkSync(join(ROOT, 'node_modules', name), join(directory, 'node_modules', name));
}

const moduleOf = (path: string): string => basename(path, '.md');

/** Replaces the names of the submodules in messages of jsii-rosetta by those of the documents, with the line of the snippet. */
export function withDocumentNames(messages: string, documents: readonly SnippetDocument[]): string {
  return documents.reduce(
    (text, { path }) => text.replaceAll(new RegExp(`\\S+\\.${moduleOf(path)}-README-L(\\d+)\\.ts`, 'g'), (_, line) => `${path}, snippet at line ${line}`), messages,
  );
}
