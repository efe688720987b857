import { asList, literalText, referencedIds, type Json } from './template';
import type { IndexedResource, TemplateIndex } from './template-index';

/** A request to use a resource, made by a service or with a role. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: IndexedResource;
  /** The service principal; undefined if a role makes the request. */
  readonly service?: string;
  /** The resource on whose behalf the service makes the request. */
  readonly source?: IndexedResource;
  readonly role?: IndexedResource;
}

/**
 * Evaluates the statements of the policies that apply to a request. Values that are resolved at deployment count as matching, so only a request that
 * is certain to be denied is denied.
 */
export function allows(statements: readonly Json[], request: AccessRequest, index: TemplateIndex): boolean {
  const matching = statements.filter((statement) => matchesStatement(statement, request, index));
  const denied = matching.some(({ Effect, Condition }) => Effect === 'Deny' && !Condition);
  return !denied && matching.some(({ Effect, Condition }) => Effect === 'Allow' && meetsCondition(Condition, request, index));
}

function matchesStatement({ Action, Principal, Resource }: Json, request: AccessRequest, index: TemplateIndex): boolean {
  return asList(Action).some((action) => matchesAction(action, request.action))
    && matchesPrincipal(Principal, request)
    && asList(Resource).some((resource) => index.canBe(resource, request.resource));
}

const matchesAction = (pattern: Json, action: string): boolean => new RegExp(`^${literalText(pattern).replace(/\*/g, '.*')}$`, 'i').test(action);

function matchesPrincipal(principal: Json, { service, role }: AccessRequest): boolean {
  if (principal === undefined || principal === '*' || asList(principal.AWS).includes('*')) return true;
  // In some partitions the suffix of a service principal is a token.
  if (service) return asList(principal.Service).some((name) => literalText(name).startsWith(service.replace('amazonaws.com', '')));
  return role !== undefined && asList(principal.AWS).some((arn) => referencedIds(arn).includes(role.id));
}

/** Only `aws:SourceArn` is compared. Other conditions, such as the account, count as met. */
function meetsCondition(condition: Json = {}, { source }: AccessRequest, index: TemplateIndex): boolean {
  return Object.entries<Json>(condition).filter(([operator]) => !operator.includes('Not')).every(([, keys]) =>
    Object.entries(keys).filter(([key]) => key.toLowerCase() === 'aws:sourcearn')
      .every(([, values]) => asList(values).some((value) => source === undefined || index.canBe(value, source))));
}
