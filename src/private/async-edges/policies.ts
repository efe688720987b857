import { idsIn, listOf, textOf, type Json } from './template';
import type { Place, TemplateIndex } from './template-index';

/** Who wants to do what with which resource. */
export interface Request {
  readonly action: string;
  readonly resource: Place;
  /** For whom: a service, for the resource in whose name it comes. Undefined where a policy is a role's own. */
  readonly service?: string;
  readonly source?: Place;
  readonly role?: Place;
}

/**
 * Whether a policy lets a request through. Benefit of the doubt for what is known only at deployment: only what is certain to be refused
 * is.
 */
export function lets(statements: readonly Json[], request: Request, index: TemplateIndex): boolean {
  const about = statements.filter((statement) => isAbout(statement, request, index));
  const denied = about.some(({ Effect, Condition }) => Effect === 'Deny' && !Condition);
  return !denied && about.some(({ Effect, Condition }) => Effect === 'Allow' && meets(Condition, request, index));
}

function isAbout({ Action, Principal, Resource }: Json, request: Request, index: TemplateIndex): boolean {
  return listOf(Action).some((action) => isLike(action, request.action))
    && isPrincipal(Principal, request)
    && listOf(Resource).some((resource) => mayBe(resource, request.resource, index));
}

const isLike = (pattern: Json, action: string): boolean => new RegExp(`^${textOf(pattern).replace(/\*/g, '.*')}$`, 'i').test(action);

function isPrincipal(principal: Json, { service, role }: Request): boolean {
  if (principal === undefined || principal === '*' || listOf(principal.AWS).includes('*')) return true;
  // The last part of a service's name is a token in some partitions.
  if (service) return listOf(principal.Service).some((name) => textOf(name).startsWith(service.replace('amazonaws.com', '')));
  return role !== undefined && listOf(principal.AWS).some((arn) => idsIn(arn).includes(role.id));
}

/** A source's ARN has to be the right one. Other conditions, such as the account, are taken to be met. */
function meets(condition: Json = {}, { source }: Request, index: TemplateIndex): boolean {
  return Object.entries<Json>(condition).filter(([operator]) => !operator.includes('Not')).every(([, keys]) =>
    Object.entries(keys).filter(([key]) => key.toLowerCase() === 'aws:sourcearn')
      .every(([, values]) => listOf(values).some((value) => source === undefined || mayBe(value, source, index))));
}

/** Whether a value is a resource, as far as can be told before deployment. */
const mayBe = (value: Json, place: Place, index: TemplateIndex): boolean => [place, undefined].includes(index.at(value));
