import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdkAssembly, libraryAssembly, type JsiiType } from './assemblies';
import { ROOT } from './snippet-documents';

const LIBRARY = 'cdk-order-pipeline.';

interface KnownTypes {
  /** The types of the library and of CDK, by name, without those that are nested in others. */
  readonly byName: ReadonlyMap<string, readonly JsiiType[]>;
  /** Whether the API of the library has a type, or refers to it. */
  isUsedByLibrary(type: JsiiType): boolean;
}

let known: KnownTypes | undefined;

function knownTypes(): KnownTypes {
  if (known) return known;
  const library = libraryAssembly();
  const text = JSON.stringify(library.types);
  const types = [...Object.values(library.types), ...Object.values(cdkAssembly().types)].filter(({ fqn }) => /^[\w-]+(\.[a-z]\w*)?\.\w+$/.test(fqn));
  known = { byName: Map.groupBy(types, ({ name }) => name), isUsedByLibrary: ({ fqn }) => text.includes(`"${fqn}"`) };
  return known;
}

const FIXTURE = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
const importedModules = new Set([...FIXTURE.matchAll(/from 'aws-cdk-lib\/([\w-]+)'/g)].map(([, name]) => name.replaceAll('-', '_')));
const isImported = ({ fqn }: JsiiType): boolean => importedModules.has(fqn.split('.')[1]) || fqn.split('.').length === 2;

/**
 * Finds a type of the library or of CDK. Those that the library uses come first, then those of modules that the fixture imports.
 *
 * @throws Error if there are several
 */
export function typeNamed(name: string): JsiiType | undefined {
  const { byName, isUsedByLibrary } = knownTypes();
  const all = byName.get(name) ?? [];
  const [best, ...others] = [all.filter(isUsedByLibrary), all.filter(isImported), all].find(({ length }) => length > 0) ?? [];
  if (others.length > 0) throw new Error(`There are several types ${name}. Import its module in rosetta/default.ts-fixture.`);
  return best;
}

type Callable = NonNullable<JsiiType['initializer']>;

/** All methods of the library with a name. */
export const methodsNamed = (name: string): Callable[] =>
  [...knownTypes().byName.values()].flat().filter(({ fqn }) => fqn.startsWith(LIBRARY))
    .flatMap(({ methods = [] }) => methods).filter((each) => each.name === name);

/** The number of parameters of a constructor or a method; undefined if it takes any number. */
export const parameterCount = (callable: Callable | undefined): number | undefined =>
  (callable?.variadic ? undefined : callable?.parameters?.length ?? 0);

/**
 * The package of a type in Go.
 *
 * @throws Error if there is no such type
 */
export function goPackageOf(name: string): string {
  const type = typeNamed(name);
  if (!type) throw new Error(`There is no type ${name} in the library or in CDK.`);
  const [, module] = type.fqn.split('.');
  if (type.fqn.startsWith(LIBRARY)) return 'cdkorderpipeline';
  return module === name ? 'awscdk' : module.replaceAll('_', '');
}

/** The package of a type of a module of CDK in Java; undefined for others. */
export function javaPackageOf(name: string): string | undefined {
  const type = typeNamed(name);
  return type && cdkAssembly().submodules?.[type.fqn.replace(/\.\w+$/, '')]?.targets?.java?.package;
}
