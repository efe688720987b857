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

const readAssembly = (json: string): JsiiType[] => Object.values((JSON.parse(json) as { types: Record<string, JsiiType> }).types);

const OWN = readFileSync(join(ROOT, '.jsii'), 'utf8');
let known: Map<string, JsiiType[]> | undefined;

/** The types of the library and of CDK, by name, without those that are nested in others. */
function knownTypes(): Map<string, JsiiType[]> {
  if (known) return known;
  const types = [
    ...readAssembly(OWN),
    ...readAssembly(gunzipSync(readFileSync(join(ROOT, 'node_modules', 'aws-cdk-lib', '.jsii.gz'))).toString()),
  ].filter(({ fqn }) => /^[\w-]+(\.[a-z]\w*)?\.\w+$/.test(fqn));
  known = Map.groupBy(types, ({ name }) => name);
  return known;
}

const FIXTURE = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
const importedModules = new Set([...FIXTURE.matchAll(/from 'aws-cdk-lib\/([\w-]+)'/g)].map(([, name]) => name.replaceAll('-', '_')));
const isUsedByLibrary = ({ fqn }: JsiiType): boolean => fqn.startsWith('cdk-order-pipeline.') || OWN.includes(`"${fqn}"`);
const isImported = ({ fqn }: JsiiType): boolean => importedModules.has(fqn.split('.')[1]) || fqn.split('.').length === 2;

/**
 * Finds a type of the library or of CDK. Those that the library uses come first, then those of modules that the fixture imports.
 *
 * @throws Error if there are several
 */
export function typeNamed(name: string): JsiiType | undefined {
  const all = knownTypes().get(name) ?? [];
  const [best, ...others] = [all.filter(isUsedByLibrary), all.filter(isImported), all].find(({ length }) => length > 0) ?? [];
  if (others.length > 0) throw new Error(`There are several types ${name}. Import its module in rosetta/default.ts-fixture.`);
  return best;
}

/** All methods of the library with a name. */
export const methodsNamed = (name: string): Callable[] =>
  [...knownTypes().values()].flat().filter(({ fqn }) => fqn.startsWith('cdk-order-pipeline.')).flatMap(({ methods = [] }) => methods).filter((each) => each.name === name);

/** The number of parameters of a constructor or a method; undefined if it takes any number. */
export const parameterCount = (callable: Callable | undefined): number | undefined => (callable?.variadic ? undefined : callable?.parameters?.length ?? 0);
