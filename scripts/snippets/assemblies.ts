import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from './snippet-documents';

interface Callable {
  readonly name: string;
  readonly parameters?: readonly unknown[];
  readonly variadic?: boolean;
}

/** A type of an assembly of jsii. */
export interface JsiiType {
  readonly fqn: string;
  readonly name: string;
  readonly initializer?: Callable;
  readonly methods?: readonly Callable[];
}

/** What snippets need of an assembly of jsii. */
export interface Assembly {
  readonly name: string;
  readonly types: Readonly<Record<string, JsiiType>>;
  /** By name: the packages of its modules in other languages. */
  readonly submodules?: Readonly<Record<string, { readonly targets?: { readonly java?: { readonly package?: string } } }>>;
}

/** Reads the assembly of a package, which may be compressed. */
function readAssembly(directory: string): Assembly {
  const assembly = JSON.parse(readFileSync(join(directory, '.jsii'), 'utf8'));
  return assembly.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(join(directory, assembly.filename))).toString()) : assembly;
}

let cdk: Assembly | undefined;

/** The assembly of the library, as it was last compiled. */
export const libraryAssembly = (): Assembly => readAssembly(ROOT);

/** The assembly of CDK. */
export const cdkAssembly = (): Assembly => cdk ??= readAssembly(join(ROOT, 'node_modules', 'aws-cdk-lib'));
