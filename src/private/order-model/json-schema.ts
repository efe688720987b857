/**
 * A JSON Schema, draft 7 or 2020-12, as parsed JSON. Two annotations are our own: `errorMessage`, the message for a value of another type or pattern, and
 * `x-personal-data`.
 */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Whether a part of a schema is a schema with keywords; `true` and `false` are schemas, too. */
export const isSchemaObject = (schema: unknown): schema is JsonSchema => typeof schema === 'object' && schema !== null && !Array.isArray(schema);

/** The annotation of a field whose value is about a person: the command `erase` removes or replaces it. */
export const PERSONAL_DATA = 'x-personal-data';
