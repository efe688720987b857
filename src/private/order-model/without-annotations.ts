import { isSchemaObject, type JsonSchema } from './json-schema';
import { mapSubschemas } from './subschemas';

/** Keywords that describe a schema and validate nothing. Errors have the schema that they break, so its annotations would be part of the compiled code. */
const ANNOTATIONS = new Set(['$comment', 'default', 'deprecated', 'description', 'examples', 'readOnly', 'title', 'writeOnly']);

/** A schema without its annotations. */
export function withoutAnnotations(schema: JsonSchema): JsonSchema {
  const rest = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword)));
  return mapSubschemas(rest, (part) => (isSchemaObject(part) ? withoutAnnotations(part) : part));
}
