import { apiTypes, type GraphqlFeatures } from './api-types';
import { inputName } from './graphql-names';
import type { GraphqlField, GraphqlObjectType, TypeReference } from './graphql-type';
import { modelTypes, type ModelTypes } from './model-types';
import { mutationsOf, queriesOf, subscriptionsOf, type GraphqlOperation } from './operations';
import { PUBLISH_MUTATION, type GraphqlMapping } from '../contract';
import type { JsonSchema } from '../order-model/json-schema';

/** Who uses the schema: AppSync, with its directives, or clients, with the scalars of AppSync. */
export type SchemaAudience = { readonly kind: 'clients' } | { readonly kind: 'appsync'; readonly access: string };

const EVERYTHING: GraphqlFeatures = { changes: true, cancellations: true, history: true, files: true, subscriptions: true, hasTenantArgument: true };

/** The names of the types of the API, in all of its variants: the names of the types of a model do not depend on what an app switches off. */
const API_TYPES = ['Query', 'Mutation', 'Subscription', ...[...apiTypes(EVERYTHING, '', false).matchAll(/^(?:type|input|enum) (\w+)/gm)].map(([, name]) => name)];

/**
 * The GraphQL types of an order model.
 *
 * @throws Error with the path in the schema.
 */
export const graphqlTypes = (schema: JsonSchema): ModelTypes => modelTypes(schema, API_TYPES);

/** How orders of a model convert. Null for a model that GraphQL cannot have, with which `OrderGraphqlApi` fails. */
export function graphqlMappingOf(schema: JsonSchema): GraphqlMapping | null {
  try {
    return graphqlTypes(schema).mapping;
  } catch {
    return null;
  }
}

/** The schema of the API for an order model, in the Schema Definition Language. The same model and features give the same text. */
export function graphqlSchema(schema: JsonSchema, features: GraphqlFeatures, audience: SchemaAudience): string {
  const { objects, enums } = graphqlTypes(schema);
  const isForClients = audience.kind === 'clients';
  return [
    ...(isForClients ? ['# JSON as text.\nscalar AWSJSON\n\n# A time with offset, such as 2026-01-31T12:00:00Z.\nscalar AWSDateTime'] : []),
    rootType('Query', queriesOf(features), features),
    rootType('Mutation', mutationsOf(features, isForClients), features),
    ...(features.subscriptions ? [rootType('Subscription', subscriptionsOf(features, isForClients), features)] : []),
    apiTypes(features, isForClients ? '' : audience.access, isForClients).trim(),
    ...enums.map(({ name, values }) => `enum ${name} {\n${values.map((value) => `  ${value}`).join('\n')}\n}`),
    ...objects.map((type) => `${comment(type.description, '')}type ${type.name} {\n${fieldsOf(type, false)}\n}`),
    ...objects.map((type) => `${comment(type.description, '')}input ${inputName(type.name)} {\n${fieldsOf(type, true)}\n}`),
    // AppSync finds the root types by their names.
    'schema {\n  query: Query\n  mutation: Mutation\n' + (features.subscriptions ? '  subscription: Subscription\n' : '') + '}',
  ].join('\n\n') + '\n';
}

const rootType = (name: string, operations: readonly GraphqlOperation[], { hasTenantArgument }: GraphqlFeatures): string => {
  const lines = operations.map(({ name: field, arguments: args, type, directives = '', description }) => {
    const all = hasTenantArgument && field !== PUBLISH_MUTATION ? [...args, 'tenant: String'] : args;
    return `${comment(description)}  ${field}(${all.join(', ')}): ${type}${directives}`;
  });
  return `type ${name} {\n${lines.join('\n')}\n}`;
};

/**
 * AppSync takes comments for descriptions and, in enums, for errors. All fields of an order may be null: the pipeline validates them, and lists all
 * errors at once.
 */
const fieldsOf = ({ fields }: GraphqlObjectType, isInput: boolean): string => fields.map((field) => {
  const note = [field.description, isInput && field.isRequired ? 'Required.' : ''].filter((text) => text !== '').join(' ');
  return `${comment(note)}  ${field.name}: ${typeText(field, isInput)}`;
}).join('\n');

const typeText = ({ type }: GraphqlField, isInput: boolean): string => referenceText(type, isInput);

function referenceText(type: TypeReference, isInput: boolean): string {
  if (type.kind === 'list') return `[${referenceText(type.of, isInput)}]`;
  return type.kind === 'object' && isInput ? inputName(type.name) : type.name;
}

const comment = (text: string, indent = '  '): string => (text === '' ? '' : `${indent}# ${text}\n`);
