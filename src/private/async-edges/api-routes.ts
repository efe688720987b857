import { referencedIds, type Json } from './template';
import type { TemplateIndex } from './template-index';

/** A path of an API, and the function that answers requests to it. Values are logical IDs. */
export interface ApiRoute {
  readonly api: string;
  readonly function: string;
  readonly path: string;
  /** Those that the function answers, without `HEAD`. */
  readonly methods: readonly string[];
}

/** A method of a path, which can be `ANY`. */
interface Method extends Omit<ApiRoute, 'methods'> {
  readonly method: string;
}

/** Whether a method only reads. */
export const isRead = (method: string): boolean => method === 'GET';

/** Finds the routes of REST APIs, HTTP APIs and GraphQL APIs to functions. One that has all methods of a path answers those that no other function has. */
export function apiRoutes(index: TemplateIndex): ApiRoute[] {
  const methods = [...restMethods(index), ...httpMethods(index), ...graphqlMethods(index)];
  return methods.map(({ method, ...route }) => ({ ...route, methods: method === 'ANY' ? answered(route, methods, index) : [method] }));
}

function answered({ path, function: id }: Omit<Method, 'method'>, methods: readonly Method[], index: TemplateIndex): string[] {
  const allowed = index.find({ Ref: id })!.properties.Environment?.Variables?.ALLOWED_METHODS;
  const all = typeof allowed === 'string' ? (JSON.parse(allowed) as Record<string, string>)[path]?.split(', ') ?? [] : [];
  return all.filter((each) => each !== 'HEAD' && !methods.some((other) => other.method === each && other.path === path));
}

const functionIn = (value: Json, index: TemplateIndex): string | undefined =>
  referencedIds(value).map((id) => index.findFunction({ Ref: id })?.id).find((id) => id !== undefined);

const restMethods = (index: TemplateIndex): Method[] => index.resourcesOfType('AWS::ApiGateway::Method').flatMap(({ properties }) => {
  const target = functionIn(properties.Integration, index);
  const api = referencedIds(properties.RestApiId)[0];
  const method = String(properties.HttpMethod);
  // API Gateway or a function answers OPTIONS to browsers.
  if (target === undefined || api === undefined || method === 'OPTIONS') return [];
  return [{ api, function: target, method, path: pathOf(properties.ResourceId, index) }];
});

function pathOf(resourceId: Json, index: TemplateIndex): string {
  const resource = index.find(resourceId);
  return resource?.type === 'AWS::ApiGateway::Resource' ? `${pathOf(resource.properties.ParentId, index)}/${resource.properties.PathPart}` : '';
}

const httpMethods = (index: TemplateIndex): Method[] => index.resourcesOfType('AWS::ApiGatewayV2::Route').flatMap(({ properties }) => {
  const target = functionIn(index.find(properties.Target)?.properties.IntegrationUri, index);
  const api = referencedIds(properties.ApiId)[0];
  const [method, path = ''] = String(properties.RouteKey).split(' ');
  return target === undefined || api === undefined ? [] : [{ api, function: target, method, path }];
});

const graphqlMethods = (index: TemplateIndex): Method[] => index.resourcesOfType('AWS::AppSync::DataSource').flatMap(({ properties }) => {
  const target = functionIn(properties.LambdaConfig, index);
  const api = referencedIds(properties.ApiId)[0];
  // A data source has no methods: it is drawn as one that changes.
  return target === undefined || api === undefined ? [] : [{ api, function: target, method: 'POST', path: '' }];
});
