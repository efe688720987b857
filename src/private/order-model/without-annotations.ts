import { isSchemaObject, PERSONAL_DATA, type JsonSchema } from './json-schema';
import { mapSubschemas } from './subschemas';

/** Keywords that describe a schema and validate nothing. Errors have the schema that they break, so its annotations would be part of the compiled code. */
const ANNOTATIONS = new Set(['$comment', 'default', 'deprecated', 'description', 'examples', 'readOnly', 'title', 'writeOnly', PERSONAL_DATA]);

/** A schema without its annotations, but those that are kept. */
export function withoutAnnotations(schema: JsonSchema, ...kept: readonly string[]): JsonSchema {
  const rest = Object.fromEntries(Object.entries(schema).filter(([keyword]) => kept.includes(keyword) || !ANNOTATIONS.has(keyword)));
  return mapSubschemas(rest, (part) => (isSchemaObject(part) ? withoutAnnotations(part, ...kept) : part));
}
