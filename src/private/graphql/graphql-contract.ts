import type { GraphqlFeatures } from './api-types';
import { graphqlSchema } from './graphql-schema';
import type { JsonSchema } from '../order-model/json-schema';

/** What the schema of a pipeline with all of its parts has. */
const ALL_FEATURES: GraphqlFeatures =
  { changes: true, cancellations: true, history: true, files: true, subscriptions: true, hasTenantArgument: false };

/** The contract of the GraphQL API, for clients: without the directives of AppSync. None without a GraphQL API. */
export const graphqlContracts = (schema: JsonSchema, api?: { readonly _features: GraphqlFeatures }): Record<string, string> =>
  (api ? graphqlContractWith(schema, api._features) : {});

/** The same for an API with some features; by default, with all of them. */
export const graphqlContractWith = (schema: JsonSchema, features = ALL_FEATURES): Record<string, string> =>
  ({ 'schema.graphql': graphqlSchema(schema, features, { kind: 'clients' }) });
