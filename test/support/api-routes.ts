import type { Template } from 'aws-cdk-lib/assertions';
import { idOf, readable, resourceOf, resourcesOf, type Resource } from './template';

/** Returns every method of an API by its route, such as `PATCH /orders/{orderId}`. */
export function methodsByRoute(template: Template): Record<string, Resource['properties']> {
  const resources = new Map(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ id, properties }) => [id, properties]));
  const pathOf = (id: string): string => {
    const resource = resources.get(id);
    return resource ? `${pathOf(idOf(resource.ParentId)!)}/${resource.PathPart}` : '';
  };
  return Object.fromEntries(resourcesOf(template, 'AWS::ApiGateway::Method')
    .map(({ properties }) => [`${properties.HttpMethod} ${pathOf(idOf(properties.ResourceId)!)}`, properties]));
}

/** Returns the routes that are integrated with a handler. */
export function routesOf(template: Template, handlerId: string): string[] {
  const { id } = resourceOf(template, 'AWS::Lambda::Function', handlerId);
  return Object.entries(methodsByRoute(template))
    .filter(([, { Integration }]) => JSON.stringify(Integration.Uri).includes(`"${id}"`))
    .map(([route]) => route);
}

/** Returns the routes from which API Gateway may invoke a handler, with `*` for a path parameter. */
export function permittedRoutes(template: Template, handlerId: string): string[] {
  const { id } = resourceOf(template, 'AWS::Lambda::Function', handlerId);
  return resourcesOf(template, 'AWS::Lambda::Permission')
    .filter(({ properties }) => idOf(properties.FunctionName) === id && properties.Principal === 'apigateway.amazonaws.com')
    .map(({ properties }) => readable(properties.SourceArn).split('/').slice(2))
    .map(([method, ...path]) => `${method} /${path.join('/')}`);
}
