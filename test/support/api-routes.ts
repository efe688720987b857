import type { Template } from 'aws-cdk-lib/assertions';
import { idOf, readable, resourceOf, resourcesOf, type Resource } from './template';

/** Every method of an API, by its route: `PATCH /orders/{orderId}`. */
export function methodsByRoute(template: Template): Record<string, Resource['properties']> {
  const resources = new Map(resourcesOf(template, 'AWS::ApiGateway::Resource').map(({ id, properties }) => [id, properties]));
  const pathOf = (id: string): string => {
    const resource = resources.get(id);
    return resource ? `${pathOf(idOf(resource.ParentId)!)}/${resource.PathPart}` : '';
  };
  return Object.fromEntries(resourcesOf(template, 'AWS::ApiGateway::Method')
    .map(({ properties }) => [`${properties.HttpMethod} ${pathOf(idOf(properties.ResourceId)!)}`, properties]));
}

/** The routes that a handler answers. */
export function routesOf(template: Template, handlerId: string): string[] {
  const { id } = resourceOf(template, 'AWS::Lambda::Function', handlerId);
  return Object.entries(methodsByRoute(template))
    .filter(([, { Integration }]) => JSON.stringify(Integration.Uri).includes(`"${id}"`))
    .map(([route]) => route);
}

/** The routes for which API Gateway may call a handler, with `*` for a path parameter. */
export function callableFor(template: Template, handlerId: string): string[] {
  const { id } = resourceOf(template, 'AWS::Lambda::Function', handlerId);
  return resourcesOf(template, 'AWS::Lambda::Permission')
    .filter(({ properties }) => idOf(properties.FunctionName) === id && properties.Principal === 'apigateway.amazonaws.com')
    .map(({ properties }) => readable(properties.SourceArn).split('/').slice(2))
    .map(([method, ...path]) => `${method} /${path.join('/')}`);
}
