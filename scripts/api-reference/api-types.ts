import { libraryAssembly } from '../snippets/assemblies';

interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly deprecated?: string;
  readonly returns?: string;
}

export interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

export interface Parameter {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

export interface Property extends Parameter {
  readonly docs?: Docs;
  readonly static?: boolean;
}

export interface Method {
  readonly name: string;
  readonly docs?: Docs;
  readonly static?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference };
}

/** A type of the API, as jsii describes it. */
export interface ApiType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly docs?: Docs;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly initializer?: { readonly parameters?: readonly Parameter[] };
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly members?: readonly { readonly name: string; readonly docs?: Docs }[];
}

/** All types of the API by their full name. */
export const apiTypes = (): ReadonlyMap<string, ApiType> => new Map(Object.entries(libraryAssembly().types as unknown as Record<string, ApiType>));

/** The properties of a type, with those of the structs that it extends, by name. */
export function allProperties(type: ApiType, types: ReadonlyMap<string, ApiType>): Property[] {
  const inherited = (type.interfaces ?? []).flatMap((fqn) => (types.has(fqn) ? allProperties(types.get(fqn)!, types) : []));
  const byName = new Map([...inherited, ...type.properties ?? []].map((property) => [property.name, property]));
  return [...byName.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** The full names of the types that a reference mentions. */
export const namesIn = ({ fqn, collection }: TypeReference): string[] =>
  [...(fqn ? [fqn] : []), ...(collection ? namesIn(collection.elementtype) : [])];

/** The full names of the types that a type mentions in its members. */
export const mentionedTypes = (type: ApiType, types: ReadonlyMap<string, ApiType>): string[] => [
  ...(type.initializer?.parameters ?? []).map(({ type: each }) => each),
  ...allProperties(type, types).map(({ type: each }) => each),
  ...(type.methods ?? []).flatMap(({ parameters = [], returns }) =>
    [...parameters.map(({ type: each }) => each), ...(returns ? [returns.type] : [])]),
].flatMap(namesIn);
