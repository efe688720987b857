/** A JSON Schema, draft 7 or 2020-12, as parsed JSON. `errorMessage` is an annotation of our own: the message for a value of another type or pattern. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Whether a part of a schema is a schema with keywords; `true` and `false` are schemas, too. */
export const isSchemaObject = (schema: unknown): schema is JsonSchema => typeof schema === 'object' && schema !== null && !Array.isArray(schema);
