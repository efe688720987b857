import { freeName, isGraphqlName, pascalCase, TypeNames } from './graphql-names';
import { namedType, type GraphqlEnum, type GraphqlField, type GraphqlObjectType, type TypeReference } from './graphql-type';
import { isNameEnum, scalarFor, scalarNote, singleType, valuesOf } from './scalar-type';
import { JSON_SCALAR, type GraphqlMapping, type GraphqlObject } from '../contract';
import { isSchemaObject, type JsonSchema } from '../order-model/json-schema';
import { partAt, stepsOfReference } from '../order-model/schema-pointer';

/** The GraphQL types of an order model. */
export interface ModelTypes {
  readonly objects: readonly GraphqlObjectType[];
  readonly enums: readonly GraphqlEnum[];
  readonly mapping: GraphqlMapping;
}

/** The type of the order. */
export const ORDER_TYPE = 'Order';

/**
 * Maps an order model to GraphQL types. What GraphQL has no type for is JSON as text: values of several types, and keys that are not known or no
 * GraphQL names, which are in a field of their own, `otherFields`.
 *
 * @param taken the names of the types of the API.
 * @throws Error with the path in the schema when an order has no field that can be one in GraphQL.
 */
export function modelTypes(schema: JsonSchema, taken: readonly string[]): ModelTypes {
  const types = new ModelTypesBuilder(schema, new TypeNames(taken));
  const root = types.typeOf(schema, ORDER_TYPE);
  if (root.kind !== 'object') throw new Error('/properties: an order must be an object with at least one field whose name is a GraphQL name (letters, digits and _)');
  const { objects, enums } = types;
  return { objects, enums, mapping: { root: root.name, types: Object.fromEntries(objects.map((type) => [type.name, conversionOf(type)])) } };
}

/** What differs between the objects of a type and its values. */
const conversionOf = ({ fields, othersField }: GraphqlObjectType): GraphqlObject => ({
  fields: Object.fromEntries(fields.map(({ name, type }) => [name, namedType(type)] as const)
    .filter(([name, { kind, name: type }]) => name !== othersField && (kind === 'object' || type === JSON_SCALAR))
    .map(([name, { kind, name: named }]) => [name, kind === 'object' ? named : listText(fields.find((field) => field.name === name)!.type)])),
  ...(othersField === undefined
    ? {}
    : { others: { field: othersField, known: fields.map(({ name }) => name).filter((name) => name !== othersField) } }),
});

const listText = (type: TypeReference): string => (type.kind === 'list' ? `[${listText(type.of)}]` : type.name);

const JSON_TYPE: TypeReference = { kind: 'scalar', name: JSON_SCALAR };

/** Keywords that add nothing to the target of a reference beside them. */
const ANNOTATIONS = ['$ref', 'title', 'description', '$comment', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly', 'errorMessage'];

class ModelTypesBuilder {
  readonly objects: GraphqlObjectType[] = [];
  readonly enums: GraphqlEnum[] = [];
  /** The types of the targets of references, also of those that refer to themselves. */
  private readonly targets = new Map<string, TypeReference>();

  constructor(private readonly root: JsonSchema, private readonly names: TypeNames) {}

  /** The type of the values of a schema, named by where it is. */
  typeOf(part: unknown, name: string): TypeReference {
    if (!isSchemaObject(part)) return JSON_TYPE;
    if (typeof part.$ref === 'string') return this.typeOfTarget(part, part.$ref);
    if (isWrapped(part)) return this.typeOf((part.allOf as unknown[])[0], name);
    const type = singleType(part);
    if (type === 'array') return isSchemaObject(part.items) && !part.prefixItems ? { kind: 'list', of: this.typeOf(part.items, `${name}Item`) } : JSON_TYPE;
    if (type === 'object') return this.objectType(part, name);
    if (isNameEnum(part)) return this.enumType(part, name);
    return { kind: 'scalar', name: scalarFor(part) };
  }

  private typeOfTarget(part: JsonSchema, reference: string): TypeReference {
    const steps = stepsOfReference(reference) ?? [];
    const key = JSON.stringify(steps);
    const known = this.targets.get(key);
    if (known) return known;
    if (Object.keys(part).some((keyword) => !ANNOTATIONS.includes(keyword))) return JSON_TYPE;
    const target = steps.length === 0 ? this.root : partAt(this.root, steps);
    // References in a circle have no type of their own.
    this.targets.set(key, JSON_TYPE);
    const type = this.typeOf(target, steps.length === 0 ? ORDER_TYPE : `${ORDER_TYPE}${pascalCase(steps.at(-1)!)}`);
    this.targets.set(key, type);
    return type;
  }

  private enumType(part: JsonSchema, wanted: string): TypeReference {
    const name = this.names.claim(wanted);
    this.enums.push({ name, values: [...new Set(valuesOf(part) as string[])] });
    return { kind: 'enum', name };
  }

  private objectType(part: JsonSchema, wanted: string): TypeReference {
    const properties = Object.entries(isSchemaObject(part.properties) ? part.properties : {});
    const named = properties.filter(([key, value]) => isGraphqlName(key) && value !== false);
    if (named.length === 0) return JSON_TYPE;
    const name = this.names.claim(wanted);
    const type: TypeReference = { kind: 'object', name };
    this.rememberType(part, type);
    const at = this.objects.push({ name, description: '', fields: [] }) - 1;
    const isOpen = part.additionalProperties !== false || part.patternProperties !== undefined || named.length < properties.length;
    const othersField = isOpen ? freeName('otherFields', named.map(([key]) => key)) : undefined;
    const required = Array.isArray(part.required) ? part.required as unknown[] : [];
    const fields = named.map(([key, value]) => this.field(key, value, `${name}${pascalCase(key)}`, required.includes(key)));
    this.objects[at] = {
      name,
      description: textOf(part.description ?? part.title),
      fields: [...fields, ...(othersField === undefined ? [] : [othersOf(othersField)])],
      othersField,
    };
    return type;
  }

  /** Before the fields of an object are mapped, because they may refer to it. */
  private rememberType(part: JsonSchema, type: TypeReference): void {
    for (const key of this.targets.keys()) {
      const steps = JSON.parse(key) as string[];
      if ((steps.length === 0 ? this.root : partAt(this.root, steps)) === part) this.targets.set(key, type);
    }
    if (part === this.root) this.targets.set('[]', type);
  }

  private field(name: string, part: unknown, typeName: string, isRequired: boolean): GraphqlField {
    const type = this.typeOf(part, typeName);
    const { kind, name: named } = namedType(type);
    const schema = isSchemaObject(part) ? part : {};
    const ownNote = type.kind === 'list' ? '' : scalarNote(schema, named);
    return { name, type, isRequired, description: [textOf(schema.description), kind === 'scalar' ? ownNote : ''].filter((text) => text !== '').join(' ') };
  }
}

const othersOf = (name: string): GraphqlField =>
  ({ name, type: JSON_TYPE, isRequired: false, description: 'All fields that the type does not list, as a JSON object in text.' });

/** Whether a schema is only another one, in `allOf`. */
const isWrapped = (part: JsonSchema): boolean =>
  Array.isArray(part.allOf) && part.allOf.length === 1 && Object.keys(part).every((keyword) => keyword === 'allOf' || ANNOTATIONS.includes(keyword));

/** A description in one line, as a comment has. */
const textOf = (text: unknown): string => (typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '');
