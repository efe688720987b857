import { asyncApi } from './asyncapi';
import { mapReferences } from './component';
import { componentsOf, eventSchemas, isPublished, messageSchemas, requestSchemas } from './contract-model';
import { fileEventExamples, messageExamples, orderEventExamples, requestExamples, sampleOf } from './examples';
import { openApi, type ApiOptions } from './openapi';
import { orderSchema } from './order-components';
import type { JsonSchema } from '../order-model/json-schema';
import type { LoadedModel } from '../order-model/load-model';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** The files of the contracts of a model, by their paths. */
export function contractFiles(model: LoadedModel, api: ApiOptions): Record<string, object> {
  const sample = sampleOf(model);
  const components = componentsOf(model);
  const standalone = (name: string, schema: JsonSchema): JsonSchema => withDefinitions({ $schema: DIALECT, title: name, ...schema }, components);
  const schemas: Record<string, JsonSchema> = {
    'order': orderSchema(model.schema),
    'order-change': components.OrderChange,
    ...prefixed('events/', eventSchemas()),
    ...prefixed('requests/', requestSchemas()),
    ...prefixed('messages/', messageSchemas()),
  };
  const examples: Record<string, object> = {
    'order': sample.order,
    'order-change': sample.patch,
    ...prefixed('events/', published({ ...orderEventExamples(sample), ...fileEventExamples() })),
    ...prefixed('requests/', requestExamples(sample)),
    ...prefixed('messages/', messageExamples(sample)),
  };
  return {
    ...Object.fromEntries(Object.entries(schemas).map(([path, schema]) => [`schemas/${path}.schema.json`, standalone(path.split('/').at(-1)!, schema)])),
    ...Object.fromEntries(Object.entries(examples).map(([path, example]) => [`examples/${path}.json`, example])),
    'openapi.json': openApi(model, sample, api),
    'asyncapi.json': asyncApi(model, sample, api.title),
  };
}

const prefixed = <Value>(prefix: string, values: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));

const published = <Value>(values: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([type]) => isPublished(type)));

/** Adds the components to which a schema refers, directly or by others. */
function withDefinitions(schema: JsonSchema, components: Record<string, JsonSchema>): JsonSchema {
  const used = new Map<string, JsonSchema>();
  const visit = (part: unknown): void => {
    mapReferences(part, (reference) => {
      const name = /^#\/\$defs\/([^/]+)/.exec(reference)?.[1];
      if (name !== undefined && !used.has(name) && Object.hasOwn(components, name)) {
        used.set(name, components[name]);
        visit(components[name]);
      }
      return reference;
    });
  };
  visit(schema);
  return used.size === 0 ? schema : { ...schema, $defs: { ...schema.$defs as object | undefined, ...Object.fromEntries(used) } };
}
