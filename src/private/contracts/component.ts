import type { JsonSchema } from '../order-model/json-schema';

/** A reference to another component. Documents replace the prefix by the place where they have components. */
export const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

/** An object whose fields are all required, unless they are in `optional`. */
export const object = (properties: Record<string, JsonSchema>, optional: readonly string[] = [], more: JsonSchema = {}): JsonSchema =>
  ({ type: 'object', properties, required: Object.keys(properties).filter((name) => !optional.includes(name)), ...more });

export const text = (description?: string): JsonSchema => ({ type: 'string', ...(description === undefined ? {} : { description }) });
export const integer = (description?: string): JsonSchema => ({ type: 'integer', ...(description === undefined ? {} : { description }) });
export const time = (description?: string): JsonSchema => ({ type: 'string', format: 'date-time', ...(description === undefined ? {} : { description }) });
export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
export const oneOf = (values: readonly string[]): JsonSchema => ({ type: 'string', enum: [...values] });

/** Replaces the references in a schema. Examples are data, and are kept. */
export function mapReferences(schema: unknown, map: (reference: string) => string): unknown {
  if (Array.isArray(schema)) return schema.map((part) => mapReferences(part, map));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => {
    if (keyword === '$ref' && typeof value === 'string') return [keyword, map(value)];
    return [keyword, ['const', 'enum', 'default', 'example', 'examples'].includes(keyword) ? value : mapReferences(value, map)];
  }));
}
