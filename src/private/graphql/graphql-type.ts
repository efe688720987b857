/** The type of a field. In an order, all of them may be null. */
export type TypeReference =
  | { readonly kind: 'scalar' | 'enum' | 'object'; readonly name: string }
  | { readonly kind: 'list'; readonly of: TypeReference };

/** A field of an object type, and of its input type. */
export interface GraphqlField {
  readonly name: string;
  readonly type: TypeReference;
  /** What a person should know of it, in one line. */
  readonly description: string;
  readonly isRequired: boolean;
}

/** An object type, which has an input type with the same fields. */
export interface GraphqlObjectType {
  readonly name: string;
  readonly description: string;
  readonly fields: readonly GraphqlField[];
  /** The field for all keys that are not fields. */
  readonly othersField?: string;
}

export interface GraphqlEnum {
  readonly name: string;
  readonly values: readonly string[];
}

/** The name of the type without lists. */
export const namedType = (type: TypeReference): Exclude<TypeReference, { readonly kind: 'list' }> => (type.kind === 'list' ? namedType(type.of) : type);
